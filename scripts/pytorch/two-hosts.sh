#!/usr/bin/env bash
# An exported file on two hosts: two network namespaces of this machine with a cable between them, and nothing else.
# Counts what the kernel saw cross the cable. Needs root, iproute2 and an experiment with one cut.
#
#   sudo scripts/pytorch/two-hosts.sh FILE DATA [PYTHON]
set -euo pipefail
file=$(realpath "${1:?FILE, an exported experiment with one cut}")
data=$(realpath "${2:?DATA, the folder of its data set}")
python=${3:-.cache/pytorch/bin/python}
[[ $python == */* ]] && python=$(realpath -s "$python")
first=piecewise-$$-a second=piecewise-$$-b
work=$(mktemp -d)
cleanup() {
  ip netns delete "$first" 2>/dev/null || true
  ip netns delete "$second" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$first"
ip netns add "$second"
ip -n "$first" link add cable type veth peer name cable netns "$second"
host=1
for name in "$first" "$second"; do
  ip -n "$name" address add "10.77.0.$host/24" dev cable
  ip -n "$name" link set cable up
  ip -n "$name" link set lo up
  host=$((host + 1))
done
# gloo takes the address of the host's name, which both share here: it is told which network to use.
export GLOO_SOCKET_IFNAME=cable OMP_NUM_THREADS=1

crossed() { ip netns exec "$first" awk '{ sum += $1 } END { print sum }' /sys/class/net/cable/statistics/{rx,tx}_bytes; }

# both TITLE HOW ARGUMENTS…: runs the file on both hosts at once, by torchrun or by plain variables.
both() {
  local title=$1 how=$2 before pids=() rank
  shift 2
  before=$(crossed)
  for rank in 0 1; do
    local name=$first
    [ $rank = 1 ] && name=$second
    mkdir -p "$work/$rank"
    local command=("$python")
    if [ "$how" = torchrun ]; then
      command+=(-m torch.distributed.run --nnodes 2 --nproc_per_node 1 --node_rank "$rank"
        --master_addr 10.77.0.1 --master_port 29500)
    fi
    (cd "$work/$rank" && RANK=$rank WORLD_SIZE=2 LOCAL_RANK=0 LOCAL_WORLD_SIZE=1 MASTER_ADDR=10.77.0.1 MASTER_PORT=29500 \
      ip netns exec "$name" "${command[@]}" "$file" "$@") &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid"; done
  echo "== $title: $(($(crossed) - before)) bytes crossed the cable"
}

# Only the first host has data: the second partition needs none.
mkdir -p "$work/0" && ln -s "$data" "$work/0/data"
both "SIL" plain --data data
both "SIL by torchrun, whose agents talk while it trains" torchrun --data data
ln -s "$data" "$work/1/data"
both "data parallel by torchrun" torchrun --data data --strategy data
both "pipeline by torchrun" torchrun --data data --strategy pipeline
