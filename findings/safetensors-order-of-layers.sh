#!/usr/bin/env bash
# A Sequential of twelve layers saved as safetensors and read back: does a file keep the order of its tensors? The guess: yes, a
# state_dict and a JSON header are ordered. The library writes wide types first, then names as text: 10 stands before 2, and a
# layer in half precision behind all others. Loading by name is right; whoever goes by the order of a file runs other layers.
# PyTorch is large; PIP_EXTRA_INDEX_URL may name an index of builds without CUDA.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python; python/bin/pip install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 safetensors==0.8.0
cat > run.py <<'PY'
import json, os, sys
import safetensors, torch
from safetensors.torch import load_file, save_file

model = torch.nn.Sequential(*[torch.nn.Linear(2, 2) for _ in range(12)])
model[1].half()
save_file(model.state_dict(), "model.safetensors")
with open("model.safetensors", "rb") as file:
    header = list(json.loads(file.read(int.from_bytes(file.read(8), "little"))))
orders = {"saved": list(model.state_dict()), "in the file": header, "load_file": list(load_file("model.safetensors"))}
seen = {name: [key.removesuffix(".weight") for key in keys if key.endswith(".weight")] for name, keys in orders.items()}
for name, keys in seen.items():
    print(f"{name}: {' '.join(keys)}")
again = torch.nn.Sequential(*[torch.nn.Linear(2, 2) for _ in range(12)])
again[1].half()
again.load_state_dict(load_file("model.safetensors"))
same = all(torch.equal(a, b) for a, b in zip(model.parameters(), again.parameters()))
print(f"safetensors {safetensors.__version__}, torch {torch.__version__.split('+')[0]}: by name all comes back {'equal' if same else 'CHANGED'}.")
text = json.dumps([seen, same])
if text != os.environ["EXPECTED"]:
    print(f"CHANGED: {text}, expected {os.environ['EXPECTED']}", file=sys.stderr)
    sys.exit(1)
PY
EXPECTED='[{"saved": ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"], "in the file": ["0", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9", "1"], "load_file": ["0", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9", "1"]}, true]' python/bin/python run.py
