#!/usr/bin/env python3
"""@DESCRIPTION@

Made by Piecewise from @LINK@

One process per partition, no communication until the join (partitioned training via synthetic intermediate labels,
Karadağ & Topaloğlu, arXiv 2403.11204):

    torchrun --nproc_per_node=@PARTITIONS@ THIS_FILE --data DIR

The same network trained otherwise:

    torchrun --nproc_per_node=1 THIS_FILE --data DIR --strategy conventional
    torchrun --nproc_per_node=2 THIS_FILE --data DIR --strategy data        (DistributedDataParallel)
    torchrun --nproc_per_node=2 THIS_FILE --data DIR --strategy fsdp        (fully_shard)
    torchrun --nproc_per_node=@PARTITIONS@ THIS_FILE --data DIR --strategy pipeline

`python3 THIS_FILE --processes N` starts them without torchrun. DIR holds the data set's four official IDX files, packed or not. Needs torch and numpy.
"""
import argparse
import gzip
import json
import math
import os
import subprocess
import sys
import time

import numpy as np
import torch
import torch.distributed as dist
from torch import nn

# What to train, exactly as in the link above.
CONFIG = json.loads(r"""@CONFIG@""")

# --- Random numbers: a stream's i-th word is a hash of (key, i), so these are the same numbers as in the browser. ------

U32 = np.uint32


def mix32(value):
    """Chris Wellons' lowbias32, on arrays of 32-bit words."""
    x = np.asarray(value, dtype=U32)
    with np.errstate(over="ignore"):
        x = (x ^ (x >> U32(16))) * U32(0x7FEB352D)
        x = (x ^ (x >> U32(15))) * U32(0x846CA68B)
    return x ^ (x >> U32(16))


def stream_key(seed, purpose, *indices):
    word = 0xFFFFFFFF
    a = int(mix32((seed ^ 0x9E3779B9) & word))
    b = int(mix32(((seed >> 32) ^ a ^ 0x85EBCA6B) & word))
    for absorbed in [*map(ord, purpose), 0xFFFF + len(indices), *indices]:
        a = int(mix32((a ^ absorbed) & word))
        b = int(mix32((((b * 0x9E3779B1) & word) ^ a) & word))
    return a, b


def words(key, start, count):
    """Words start … start + count − 1 of a stream."""
    index = (np.arange(start, start + count, dtype=np.uint64) & np.uint64(0xFFFFFFFF)).astype(U32)
    with np.errstate(over="ignore"):
        return mix32(mix32(index + U32(key[0])) ^ U32(key[1]))


class Stream:
    """Draws in sequence."""

    def __init__(self, seed, purpose, *indices):
        self.key = stream_key(seed, purpose, *indices)
        self.index = 0

    def words(self, count):
        drawn = words(self.key, self.index, count)
        self.index += count
        return drawn

    def below(self, bound):
        return int(int(self.words(1)[0]) / 2**32 * bound)

    def normals(self, count):
        """Sums of twelve 16-bit numbers, centred: exact, and nearly normal."""
        six = self.words(6 * count).reshape(count, 6).astype(np.int64)
        return (((six & 0xFFFF) + (six >> 16)).sum(axis=1) - 393_210) / 65_536

    def permutation(self, count):
        order = np.arange(count)
        uniform = self.words(max(0, count - 1)) / 2**32
        for draw, i in enumerate(range(count - 1, 0, -1)):
            j = int(uniform[draw] * (i + 1))
            order[i], order[j] = order[j], order[i]
        return order


# --- The network ------------------------------------------------------------------------------------------------------


def activation(name):
    return {
        "relu": nn.ReLU,
        "leaky-relu": lambda: nn.LeakyReLU(CONFIG["leakySlope"]),
        "tanh": nn.Tanh,
        "sigmoid": nn.Sigmoid,
        "linear": nn.Identity,
    }[name]()


def build(layers, first):
    """Linear layers with their activations; weights from the seed, each layer's from a stream of its own."""
    modules = []
    for index, layer in enumerate(layers, start=first):
        linear = nn.Linear(layer["inputs"], layer["outputs"])
        rectifies = layer["activation"] in ("relu", "leaky-relu")
        deviation = math.sqrt((2 if rectifies else 1) / layer["inputs"]) * layer["gain"]
        drawn = Stream(CONFIG["seed"], "weights", index).normals(layer["inputs"] * layer["outputs"]) * deviation
        with torch.no_grad():
            weights = drawn.astype(np.float32).reshape(layer["inputs"], layer["outputs"])
            linear.weight.copy_(torch.from_numpy(weights.T.copy()))
            linear.bias.zero_()
        modules += [linear, activation(layer["activation"])]
    return nn.Sequential(*modules)


# --- Synthetic labels -------------------------------------------------------------------------------------------------


def orthonormal(count, width, stream, centre):
    rows = np.zeros((count, width))
    for first in range(0, count, width):
        block = rows[first : first + width]
        for index, row in enumerate(block):
            while True:
                row[:] = stream.normals(width)
                before = row @ row
                for _ in range(2):
                    for earlier in block[:index]:
                        row -= earlier * (row @ earlier)
                left = row @ row
                if left > 1e-9 * before and left > 0:
                    row /= math.sqrt(left)
                    break
        if centre and len(block) > 1:
            block -= block.mean(axis=0)
            block /= np.sqrt((block**2).sum(axis=1, keepdims=True))
    return rows


def distinct(count, width, draw):
    rows = np.zeros((count, width), dtype=np.float32)
    for index in range(count):
        rows[index] = draw()
        for _ in range(64):
            if not any((rows[other] == rows[index]).all() for other in range(index)):
                break
            rows[index] = draw()
    return rows


def label_table(cut):
    """Vectors [classes, width] of one cut. Both sides make them from the seed: they are never sent."""
    classes, width, scale, code = CONFIG["classes"], cut["width"], cut["scale"], cut["code"]
    stream = Stream(CONFIG["seed"], "labels", cut["index"])

    def sparse():
        row = np.zeros(width, dtype=np.float32)
        ones = min(width, max(1, math.floor(CONFIG["sparsity"] * width + 0.5)))
        for last in range(width - ones, width):
            unit = stream.below(last + 1)
            row[unit if row[unit] == 0 else last] = scale
        return row

    if code == "gaussian":
        rows = stream.normals(classes * width).reshape(classes, width) * scale
    elif code == "sign":
        rows = distinct(classes, width, lambda: np.where(stream.words(width) >> U32(31), scale, -scale))
    elif code in ("orthogonal", "simplex"):
        rows = orthonormal(classes, width, stream, code == "simplex") * (scale * math.sqrt(width))
    elif code == "relu-gaussian":
        rows = np.maximum(stream.normals(classes * width).reshape(classes, width) * scale, 0)
    elif code == "sparse":
        rows = distinct(classes, width, sparse)
    elif code == "uniform":
        rows = (stream.words(classes * width) >> U32(8)).reshape(classes, width) / 2**24 * scale
    else:  # one-hot
        rows = np.zeros((classes, width))
        for unit in range(max(width, classes)):
            label = unit * classes // width if width >= classes else unit
            rows[label, unit % width] = scale
    return torch.from_numpy(rows.astype(np.float32))


class LabelFeed:
    """Synthetic inputs of a later partition: they follow from (seed, rank, step) and need no images."""

    def __init__(self, rank, table):
        self.rank, self.table = rank, table
        rms = math.sqrt(float((table.double() ** 2).mean()))
        self.noise = CONFIG["noise"] * rms
        self.key = stream_key(CONFIG["seed"], "noise", rank)
        self.round, self.order = -1, None

    def batch(self, step):
        count, classes, width = CONFIG["batch"], CONFIG["classes"], self.table.shape[1]
        if CONFIG["mix"] == "pure":
            targets = torch.tensor([self.label(step * count + n) for n in range(count)])
            x = self.table[targets]
        else:
            x, targets = self.mixtures(step)
        if self.noise:
            drawn = words(self.key, step * count * width, count * width).astype(np.int64)
            sums = (drawn & 255) + ((drawn >> 8) & 255) + ((drawn >> 16) & 255) + (drawn >> 24)
            normal = ((sums - 510) / 147.80053).astype(np.float32).reshape(count, width)
            x = x + self.noise * torch.from_numpy(normal)
        return x, targets

    def label(self, sample):
        """Classes in shuffled rounds."""
        if sample // CONFIG["classes"] != self.round:
            self.round = sample // CONFIG["classes"]
            self.order = Stream(CONFIG["seed"], "label-order", self.rank, self.round).permutation(CONFIG["classes"])
        return int(self.order[sample % CONFIG["classes"]])

    def mixtures(self, step):
        """Dirichlet(0.1) shares from a Pólya urn of 64 draws, cut to the four largest."""
        stream = Stream(CONFIG["seed"], "mixtures", self.rank, step)
        classes = CONFIG["classes"]
        weights = torch.zeros(CONFIG["batch"], classes)
        targets = []
        for row in weights:
            drawn, counts = [], {}
            for i in range(64):
                pick = stream.below(classes + 10 * i)
                label = pick if pick < classes else drawn[(pick - classes) // 10]
                drawn.append(label)
                counts[label] = counts.get(label, 0) + 1
            kept = sorted(counts, key=lambda label: -counts[label])[:4]
            total = sum(counts[label] for label in kept)
            for label in kept:
                row[label] = counts[label] / total
            targets.append(kept[0])
        return weights @ self.table, torch.tensor(targets)


# --- Data -------------------------------------------------------------------------------------------------------------


def read_idx(folder, name):
    for path, opened in ((name, gzip.open), (name.removesuffix(".gz"), open)):
        full = os.path.join(folder, path)
        if os.path.exists(full):
            with opened(full, "rb") as file:
                raw = file.read()
            dimensions = raw[3]
            shape = np.frombuffer(raw, ">u4", dimensions, 4)
            return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)
    raise SystemExit(f"There is no {name} in {folder}. Name the folder with the official files: --data DIR.")


def load(folder):
    """Upright images as standardised floats, classes from 0."""
    files, splits = CONFIG["files"], {}
    for split in ("train", "test"):
        images = read_idx(folder, files[f"{split}-images"])
        if CONFIG["transposed"]:
            images = images.transpose(0, 2, 1)
        labels = read_idx(folder, files[f"{split}-labels"]).astype(np.int64) - CONFIG["firstLabel"]
        splits[split] = (images.reshape(len(images), -1), torch.from_numpy(labels))
    pixels = splits["train"][0]
    mean, deviation = float(pixels.mean()), float(pixels.std())
    return {
        split: (torch.from_numpy((images.astype(np.float32) - mean) / deviation), labels)
        for split, (images, labels) in splits.items()
    }


class ImageFeed:
    """Batches of training images; the order of an epoch follows from the seed."""

    def __init__(self, images, labels):
        self.images, self.labels = images, labels
        self.per_epoch = math.ceil(len(labels) / CONFIG["batch"])
        self.epoch, self.order = -1, None

    def batch(self, step):
        epoch, place = divmod(step, self.per_epoch)
        if epoch != self.epoch:
            self.epoch = epoch
            self.order = torch.from_numpy(Stream(CONFIG["seed"], "shuffle", epoch).permutation(len(self.labels)))
        chosen = self.order[place * CONFIG["batch"] : (place + 1) * CONFIG["batch"]]
        return self.images[chosen], self.labels[chosen]


# --- Training ---------------------------------------------------------------------------------------------------------


def optimiser(parameters):
    if CONFIG["optimizer"] == "adam":
        return torch.optim.Adam(parameters, lr=CONFIG["rate"], betas=(0.9, 0.999), eps=1e-8)
    return torch.optim.SGD(parameters, lr=CONFIG["rate"], momentum=0.9 if CONFIG["optimizer"] == "momentum" else 0)


def set_rate(optimizer, step, total):
    cosine = (1 + math.cos(math.pi * min(step, total) / total)) / 2
    for group in optimizer.param_groups:
        group["lr"] = CONFIG["rate"] * (cosine if CONFIG["schedule"] == "cosine" else 1)


def accuracy(model, images, labels):
    with torch.no_grad():
        return float((model(images).argmax(dim=1) == labels).double().mean())


class Traffic:
    """Counts what this process hands to torch.distributed's own operations."""

    OPERATIONS = ("send", "recv", "isend", "irecv", "broadcast", "all_reduce", "reduce", "all_gather", "gather",
                  "scatter", "reduce_scatter", "all_to_all", "batch_isend_irecv", "barrier")

    def __init__(self):
        self.calls, self.bytes = 0, 0
        for name in self.OPERATIONS:
            setattr(dist, name, self.counted(getattr(dist, name)))

    def counted(self, operation):
        def call(*args, **options):
            self.calls += 1
            self.bytes += sum(one.numel() * one.element_size() for one in args if torch.is_tensor(one))
            return operation(*args, **options)

        return call


def steps_in_all(samples):
    return math.ceil(samples / CONFIG["batch"]) * CONFIG["epochs"]


def train_sil(rank, world, data_folder, traffic):
    """Partition `rank` alone; then the partitions are gathered on rank 0 and joined."""
    parts = CONFIG["partitions"]
    if world != len(parts):
        raise SystemExit(f"This experiment has {len(parts)} partitions: start it with --nproc_per_node={len(parts)}.")
    part = parts[rank]
    tables = [label_table(cut) for cut in CONFIG["cuts"]]
    model = build(part["layers"], part["firstLayer"])
    optimizer = optimiser(model.parameters())
    data = load(data_folder) if rank == 0 else None
    feed = ImageFeed(*data["train"]) if rank == 0 else LabelFeed(rank, tables[rank - 1])
    total = steps_in_all(CONFIG["trainCount"] if data is None else len(data["train"][1]))
    mine = total if rank == 0 else min(total, CONFIG["labelSteps"] or total)
    target_table = tables[rank] if rank < len(tables) else None
    scale = 1 / target_table.shape[1] if target_table is not None and CONFIG["reduction"] == "mean" else 1
    started = time.time()
    for step in range(mine):
        x, classes = feed.batch(step)
        set_rate(optimizer, step, total)
        optimizer.zero_grad()
        y = model(x)
        if target_table is None:
            loss = nn.functional.cross_entropy(y, classes)
        else:
            loss = ((y - target_table[classes]) ** 2).sum(dim=1).mean() * scale
        loss.backward()
        optimizer.step()
    print(f"rank {rank}: {mine} steps in {time.time() - started:.1f} s, last loss {float(loss):.4f}; while training: "
          f"{traffic.calls} messages, {traffic.bytes} bytes", flush=True)

    flat = nn.utils.parameters_to_vector(model.parameters()).detach()
    if rank > 0:
        dist.send(flat, 0)
        return
    models = [model]
    for other in parts[1:]:
        joined = build(other["layers"], other["firstLayer"])
        received = torch.empty(sum(p.numel() for p in joined.parameters()))
        dist.recv(received, other["rank"])
        nn.utils.vector_to_parameters(received, joined.parameters())
        models.append(joined)
    print(f"SIL: {100 * accuracy(nn.Sequential(*models), *data['test']):.2f}% of the test images", flush=True)


def train_whole(strategy, rank, world, data_folder):
    """The whole network: alone, replicated, or sharded. Every process takes its share of each batch."""
    model = build(CONFIG["network"], 0)
    data = load(data_folder)
    feed = ImageFeed(*data["train"])
    total = steps_in_all(len(data["train"][1]))
    wrapped = model
    if strategy == "data":
        wrapped = nn.parallel.DistributedDataParallel(model)
    elif strategy == "fsdp":
        try:
            from torch.distributed.device_mesh import init_device_mesh
            from torch.distributed.fsdp import fully_shard
        except ImportError:
            raise SystemExit(f"fully_shard needs torch 2.6 or later; this is {torch.__version__}.") from None

        mesh = init_device_mesh("cpu", (world,))
        for layer in model:
            if isinstance(layer, nn.Linear):
                fully_shard(layer, mesh=mesh)
        wrapped = fully_shard(model, mesh=mesh)
    optimizer = optimiser(wrapped.parameters())
    started = time.time()
    for step in range(total):
        x, classes = feed.batch(step)
        share = torch.tensor_split(torch.arange(len(classes)), world)[rank]
        set_rate(optimizer, step, total)
        optimizer.zero_grad()
        # Gradients are averaged over processes; the sum over this share counts for the whole batch.
        loss = nn.functional.cross_entropy(wrapped(x[share]), classes[share], reduction="sum") * world / len(classes)
        loss.backward()
        optimizer.step()
    found = accuracy(wrapped, *data["test"])
    if rank == 0:
        print(f"{strategy}: {total} steps in {time.time() - started:.1f} s", flush=True)
        print(f"{strategy}: {100 * found:.2f}% of the test images", flush=True)


def train_pipeline(rank, world, data_folder):
    """Stages on processes of their own, with PyTorch's schedules. Whole batches only."""
    try:
        from torch.distributed.pipelining import PipelineStage, Schedule1F1B, ScheduleGPipe
    except ImportError:
        raise SystemExit(f"Pipelines need torch 2.4 or later; this is {torch.__version__}.") from None

    stages = CONFIG["stages"]
    if world != len(stages):
        raise SystemExit(f"This network has {len(stages)} stages: start it with --nproc_per_node={len(stages)}.")
    stage_model = build(stages[rank]["layers"], stages[rank]["firstLayer"])
    stage = PipelineStage(stage_model, rank, world, torch.device("cpu"))
    micro = max(size for size in range(1, CONFIG["micro"] + 1) if CONFIG["batch"] % size == 0)
    schedule = (ScheduleGPipe if CONFIG["pipeline"] == "gpipe" else Schedule1F1B)(
        stage, n_microbatches=micro, loss_fn=nn.functional.cross_entropy
    )
    data = load(data_folder)
    feed = ImageFeed(*data["train"])
    total = steps_in_all(len(data["train"][1]))
    optimizer = optimiser(stage_model.parameters())
    started = time.time()
    for step in range(total):
        x, classes = feed.batch(step)
        if len(classes) < CONFIG["batch"]:
            continue  # PyTorch's stages want every batch alike.
        set_rate(optimizer, step, total)
        optimizer.zero_grad()
        if rank == 0:
            schedule.step(x)
        elif rank == world - 1:
            schedule.step(target=classes)
        else:
            schedule.step()
        optimizer.step()
    # Evaluation: the parts are gathered on rank 0, as for SIL.
    flat = nn.utils.parameters_to_vector(stage_model.parameters()).detach()
    if rank > 0:
        dist.send(flat, 0)
        return
    models = [stage_model]
    for other in range(1, world):
        joined = build(stages[other]["layers"], stages[other]["firstLayer"])
        received = torch.empty(sum(p.numel() for p in joined.parameters()))
        dist.recv(received, other)
        nn.utils.vector_to_parameters(received, joined.parameters())
        models.append(joined)
    print(f"pipeline: {total} steps in {time.time() - started:.1f} s", flush=True)
    print(f"pipeline: {100 * accuracy(nn.Sequential(*models), *data['test']):.2f}% of the test images", flush=True)


def start(count):
    """Runs this very command in `count` processes that know their rank. Returns the worst exit code."""
    port = os.environ.get("MASTER_PORT", "29500")
    processes = [
        subprocess.Popen(
            [sys.executable, *sys.argv],
            env={**os.environ, "RANK": str(rank), "WORLD_SIZE": str(count), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port},
        )
        for rank in range(count)
    ]
    return max(abs(process.wait()) for process in processes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=".", help="folder with the four official IDX files")
    parser.add_argument("--strategy", default="sil", choices=["sil", "conventional", "data", "fsdp", "pipeline"])
    parser.add_argument("--threads", type=int, default=1, help="threads per process")
    parser.add_argument("--processes", type=int, default=0, help="start so many processes of this file")
    options = parser.parse_args()
    if options.processes and "RANK" not in os.environ:
        raise SystemExit(start(options.processes))
    torch.set_num_threads(options.threads)
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29500")
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    dist.init_process_group("gloo", rank=rank, world_size=world)
    if options.strategy == "sil":
        train_sil(rank, world, options.data, Traffic())
    elif options.strategy == "pipeline":
        train_pipeline(rank, world, options.data)
    else:
        train_whole(options.strategy, rank, world, options.data)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
