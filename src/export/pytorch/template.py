"""@DESCRIPTION@

Made by Piecewise from @LINK@

One process per partition, no communication until the join (partitioned training via synthetic intermediate labels,
Karadağ & Topaloğlu, arXiv 2403.11204):

    python3 THIS_FILE --processes @PARTITIONS@ --data DIR

or one partition at a time, anywhere, and joined from the files they leave:

@PARTS@
    python3 THIS_FILE --join --data DIR

The same network trained otherwise:

    python3 THIS_FILE --strategy conventional --data DIR
    python3 THIS_FILE --strategy data --processes 2 --data DIR          (DistributedDataParallel)
    python3 THIS_FILE --strategy fsdp --processes 2 --data DIR          (fully_shard)
    python3 THIS_FILE --strategy pipeline --processes @PARTITIONS@ --data DIR      (GPipe or 1F1B)
    python3 THIS_FILE --strategy local --processes @PARTITIONS@ --data DIR         (a loss for every stage, nothing goes back)
    python3 THIS_FILE --strategy handoff --processes @PARTITIONS@ --data DIR       (one after the other, handed on once)

`torchrun --nproc_per_node=N THIS_FILE …` does what `--processes N` does, also over several machines. DIR holds the data
set's four official IDX files, packed or not. Needs numpy and torch; made with 2.13.
"""
import argparse
import collections
import datetime
import functools
import gzip
import itertools
import json
import math
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import warnings
import zlib

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
        order = list(range(count))
        last = np.arange(count - 1, 0, -1)
        chosen = (self.words(len(last)) / 2**32 * (last + 1)).astype(np.int64)
        for i, j in zip(last.tolist(), chosen.tolist()):
            order[i], order[j] = order[j], order[i]
        return np.array(order)


# --- The network ------------------------------------------------------------------------------------------------------


# @ACTIVATIONS@


# Weights given with --weights, weight and bias, by layer of the whole network.
GIVEN = {}


def begin(module, index, weight):
    """A layer's weights to begin with: those given, else these and a bias of zeros."""
    given = GIVEN.get(index, (weight, torch.zeros_like(module.bias)))
    with torch.no_grad():
        module.weight.copy_(given[0])
        module.bias.copy_(given[1])


# @LAYERS@


def build(layers, first):
    """
    Layers with their activations; weights from the seed, each layer's from a stream of its own. Modules are named by
    their place in the whole network, so that parts put together have the whole network's names.
    """
    modules = collections.OrderedDict()
    for index, layer in enumerate(layers, start=first):
        for place, module in enumerate(LAYER_KINDS[layer["kind"]](layer, index), start=layer["module"]):
            modules[str(place)] = module
    return nn.Sequential(modules)


def weighted(model):
    """The modules that hold weights, by name, in order."""
    return {name: module for name, module in model.named_children() if [*module.parameters(recurse=False)]}


def join(models):
    """Parts end to end: one flat Sequential, named as the whole network is."""
    return nn.Sequential(collections.OrderedDict(named for model in models for named in model.named_children()))


# --- Weights as files (safetensors: the header's length, a JSON header, the numbers) ----------------------------------


def write_weights(file, model, part, strategy, pixels):
    """@param pixels: What the first layer takes; None where that is another layer's answer."""
    said = {
        "experiment": CONFIG["link"],
        "strategy": strategy,
        "firstLayer": str(part["firstLayer"]),
        "layerOrder": json.dumps([*weighted(model)]),
        "activations": json.dumps([layer["activation"] for layer in part["layers"]]),
        "input": f"what layer {part['firstLayer']} gives",
        "output": f"what layer {part['firstLayer'] + len(part['layers'])} gives",
    }
    if pixels is not None:
        mean, std = -pixels.shift / pixels.scale / 255, 1 / (255 * pixels.scale)
        said |= {"input": CONFIG["takesPixels"], "orientation": "upright", "pixelMean": str(mean), "pixelStd": str(std),
                 "standardisation": "before"}
    if part["firstLayer"] + len(part["layers"]) == len(CONFIG["network"]):
        said |= {"output": CONFIG["givesClasses"], "classes": json.dumps(CONFIG["characters"])}
    header, blobs, at = {"__metadata__": said}, [], 0
    for name, tensor in model.state_dict().items():
        blobs.append(tensor.detach().cpu().numpy().astype("<f4").tobytes())
        end = at + len(blobs[-1])
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, end]}
        at = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
    with open(f"{file}.draft", "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text + b"".join(blobs))
    os.replace(f"{file}.draft", file)


def read_weights(file):
    """The layers of a file by name, weight and bias as PyTorch has them; and what it says of them."""
    types = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float64}
    try:
        with open(file, "rb") as opened:
            header = json.loads(opened.read(int.from_bytes(opened.read(8), "little")))
            body = bytearray(opened.read())
        said = {**header.pop("__metadata__", {})}

        def tensor(name):
            start, end = header[name]["data_offsets"]
            flat = torch.frombuffer(body[start:end], dtype=types[header[name]["dtype"]])
            return flat.reshape(header[name]["shape"]).float()

        layers = {}
        for name in header:
            stem, half = re.fullmatch(r"((?:.*\.)?)(weight|bias)|.*", name, re.DOTALL).groups()
            if half is None:
                raise SystemExit(f'{file}: "{name}" is no part of a layer. Expected names that end in ".weight" and ".bias".')
            other = stem + {"weight": "bias", "bias": "weight"}[half]
            if other not in header:
                raise SystemExit(f'{file}: there is "{name}", but "{other}" is missing.')
            if half == "bias":
                continue
            weight, bias = layers[stem.removesuffix(".")] = tensor(name), tensor(other)
            if weight.dim() not in (1, 2) or bias.shape != weight.shape[:1]:
                raise SystemExit(f'{file}: "{name}" has the shape {[*weight.shape]}, "{other}" {[*bias.shape]}. Expected '
                                 "[outputs, inputs] and [outputs], or [width] twice of a layer normalisation.")
        return layers, said
    except FileNotFoundError:
        raise SystemExit(f"There is no file {file}.") from None
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError, MemoryError) as error:
        raise SystemExit(f"{file} cannot be read as safetensors with weights and biases of layers: {error!r}") from None


def comes_before(a, b):
    """Whether names alone say that one layer stands before another: what they first differ in is a number."""
    pieces = [re.findall(r"[0-9]+|\.|[^0-9.]+", name) for name in (a, b)]
    first = next((pair for pair in zip(*pieces) if pair[0] != pair[1]), ("", ""))
    size = [(len(one.lstrip("0")), one.lstrip("0")) for one in first]
    return all(re.fullmatch("[0-9]+", one) for one in first) and size[0] < size[1]


def by_number(names):
    return sorted(names, key=lambda name: sum(comes_before(one, name) for one in names))


def own_order(layers, said):
    """The order that a file says itself. Whoever renamed tensors left old names behind: then, as without one, None."""
    try:
        names = json.loads(said.get("layerOrder", "null"))
        known = sorted(names) == sorted(layers)
    except (ValueError, TypeError):
        return None
    chained = known and all(layers[a][0].shape[0] == layers[b][0].shape[-1] for a, b in itertools.pairwise(names))
    return names if chained else None


def arrange(layers, said, part):
    """
    The names of a file's layers in their order in a part of the network: as the file says; else by sizes, and among
    equal ones by numbers in names. Empty where sizes are others; None where nothing settles it, which is never guessed.
    """
    size = {name: [*weight.shape] for name, (weight, _) in layers.items()}
    shapes = [layer["weight"] for layer in part["layers"]]
    if sorted(size.values()) != sorted(shapes):
        return []
    own = own_order(layers, said)
    if own:
        return own if [size[name] for name in own] == shapes else []
    left, order = by_number(size), []
    for shape in shapes:
        order.append(next(name for name in left if size[name] == shape))
        left.remove(order[-1])
    modules = {name: name.split(".")[:-1] for name in order}

    def leaves(a, b, c):
        """Whether b stands within a module of both others, but is none of its layers."""
        common = os.path.commonprefix([modules[a], modules[c]])
        return modules[b][: len(common)] != common

    contradicted = any(comes_before(b, a) or (size[a] == size[b] and not comes_before(a, b))
                       for a, b in itertools.combinations(order, 2))
    return None if contradicted or any(leaves(*three) for three in itertools.combinations(order, 3)) else order


def give(file):
    """Takes the weights of a file to begin with: those of the whole network, or of one partition."""
    layers, said = read_weights(file)
    standardisation = said.get("standardisation", "before")
    if standardisation == "included":
        raise SystemExit(f"{file} does the standardising in its first layer. Save it without: here it is done before.")
    if standardisation != "before":
        raise SystemExit(f'{file} says "{standardisation}" of its standardisation. Expected "before".')
    whole = {"firstLayer": 0, "layers": CONFIG["network"]}
    places = [whole, *CONFIG["partitions"]] if len(CONFIG["partitions"]) > 1 else [whole]
    fitting = [(part, order) for part in places if (order := arrange(layers, said, part)) != []]
    if not fitting:
        shapes = [layers[name][0].shape for name in own_order(layers, said) or by_number(layers)]
        found = " → ".join([*(str(shape[-1]) for shape in shapes), str(shapes[-1][0]) if shapes else "?"])
        raise SystemExit(f"{file} holds a network {found}, which is neither the whole of this one nor a partition of it.")
    told = [one for one in fitting if str(one[0]["firstLayer"]) == said.get("firstLayer")] or fitting
    if len(told) > 1:
        starts = " and ".join(str(part["firstLayer"] + 1) for part, _ in told)
        raise SystemExit(f'{file} fits partitions that begin with layers {starts} alike. Save it with the metadata '
                         '"firstLayer": the first of its layers in the whole network, counted from 0.')
    (part, order), = told
    if order is None:
        raise SystemExit(f"{file} does not settle the order of its layers {', '.join(by_number(layers))}: number them as they "
                         'follow each other, or save it with the metadata "layerOrder": their names in order, in JSON.')
    GIVEN.update(enumerate((layers[name] for name in order), start=part["firstLayer"]))


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


# @CODES@


# @FEATURES@


# @CARRIED@


def label_table(cut):
    """
    Vectors [classes, coded] of one cut, for the units that hold them; None where none does. Both sides make them: they
    are never sent.
    """
    if not cut["coded"]:
        return None
    stream = Stream(CONFIG["seed"], "labels", cut["index"])
    draw = LABEL_CODES[cut["code"]]
    rows = draw(CONFIG["classes"], cut["coded"], cut["scale"], stream, CONFIG["sparsity"])
    return torch.from_numpy(rows.astype(np.float32))


# @MIX@


def label_rms(table):
    return math.sqrt(float((table.double() ** 2).mean()))


def rough_normals(key, step, count, width):
    """Numbers [count, width] of a step, nearly normal: a word's four bytes, summed."""
    drawn = words(key, step * CONFIG["batch"] * width, count * width).astype(np.int64)
    sums = (drawn & 255) + ((drawn >> 8) & 255) + ((drawn >> 16) & 255) + (drawn >> 24)
    return torch.from_numpy(((sums - 510) / 147.80053).astype(np.float32).reshape(count, width))


class LabelFeed:
    """Synthetic inputs of a later partition: they follow from (seed, rank, step) and need no images."""

    def __init__(self, rank, table):
        self.rank, self.table = rank, table
        self.noise = CONFIG["noise"] * label_rms(table)
        self.key = stream_key(CONFIG["seed"], "noise", rank)

    def batch(self, step):
        x, targets = synthetic_inputs(self, step)
        if self.noise:
            x = x + self.noise * rough_normals(self.key, step, *x.shape)
        return x, targets


# --- Data -------------------------------------------------------------------------------------------------------------


def find_idx(folder, role):
    name = CONFIG["files"][role]
    for path in (name, name.removesuffix(".gz")):
        if os.path.exists(os.path.join(folder, path)):
            return os.path.join(folder, path)
    raise SystemExit(f"There is no {name} in {folder}. Name the folder with the official files: --data DIR.")


def read_idx(folder, role):
    file = find_idx(folder, role)
    try:
        with (gzip.open if file.endswith(".gz") else open)(file, "rb") as opened:
            raw = opened.read()
        shape = np.frombuffer(raw, ">u4", raw[3], 4)
        return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(shape)
    except (OSError, EOFError, IndexError, ValueError, zlib.error) as error:
        raise SystemExit(f"{file} is not a whole IDX file: {error}") from None


def even_order(labels):
    """Which images to take, so that every class has the mean number of them: repeated, or the last left out."""
    members = [np.flatnonzero(labels == label) for label in range(CONFIG["classes"])]
    members = [own for own in members if len(own)]
    each = math.floor(len(labels) / len(members) + 0.5)
    return np.array([own[i % len(own)] for i in range(each) for own in members])


class Images:
    """A split: bytes [count, pixels], standardised only when asked for, and classes from 0."""

    def __init__(self, folder, split, device, order=None):
        images = read_idx(folder, f"{split}-images")
        labels = read_idx(folder, f"{split}-labels").astype(np.int64) - CONFIG["firstLabel"]
        if len(images) != len(labels):
            raise SystemExit(f"{folder} has {len(images)} {split} images but {len(labels)} labels of them.")
        if CONFIG["transposed"]:
            images = np.ascontiguousarray(images.transpose(0, 2, 1))
        if split == "train" and CONFIG["evenClasses"]:
            order = even_order(labels)
            images, labels = images[order], labels[order]
        self.bytes = torch.tensor(images.reshape(len(images), -1), device=device)
        # The order of an epoch may depend on classes, and is drawn on the host.
        self.classes, self.labels = labels, torch.from_numpy(labels).to(device)
        self.scale = self.shift = None

    def standardise(self):
        """Sets what makes all bytes have mean 0 and standard deviation 1."""
        histogram = sum(torch.bincount(some.flatten(), minlength=256) for some in self.bytes.split(1000)).tolist()
        mean = sum(byte * count for byte, count in enumerate(histogram)) / self.bytes.numel()
        square = sum(byte * byte * count for byte, count in enumerate(histogram)) / self.bytes.numel()
        self.scale = 1 / math.sqrt(square - mean * mean)
        self.shift = -mean * self.scale

    def inputs(self, chosen):
        return self.bytes[chosen].float() * self.scale + self.shift


def load(folder, device):
    """Training and test images. @raises SystemExit where they are not as many as the steps are counted from."""
    train, test = Images(folder, "train", device), Images(folder, "test", device)
    if len(train.labels) != CONFIG["trainCount"]:
        raise SystemExit(
            f"{folder} gives {len(train.labels)} training images, but every process counts its steps from "
            f"{CONFIG['trainCount']}. Export again with this data, or add --images {len(train.labels)} for every process."
        )
    train.standardise()
    test.scale, test.shift = train.scale, train.shift
    return train, test


# @BALANCE@


class ImageFeed:
    """Batches of training images; the order of an epoch follows from the seed."""

    def __init__(self, train):
        self.train, self.epoch, self.order = train, -1, None
        self.classes = train.classes
        # Factors on samples' losses by class, or None: 1 each.
        weights = class_weights(self.classes)
        self.weights = weights if weights is None else weights.to(train.labels.device)

    def chosen(self, step):
        """Indices of a step's images. Only the last batch of an epoch may be short."""
        epoch, place = divmod(step, steps_per_epoch())
        if epoch != self.epoch:
            self.epoch = epoch
            self.order = torch.from_numpy(epoch_order(self.classes, epoch))
        return self.order[place * CONFIG["batch"] : (place + 1) * CONFIG["batch"]]

    def batch(self, step):
        chosen = self.chosen(step).to(self.train.labels.device)
        return self.train.inputs(chosen), self.train.labels[chosen]


class FrontFeed:
    """
    What a front makes of the images and the classes shown with them, made noisy: what the partition before learns to give,
    or a copy of it.
    """

    def __init__(self, rank, front, noise, train):
        self.front, self.images = front, ImageFeed(train)
        self.weights, self.noise = self.images.weights, noise
        self.key, self.swap = (stream_key(CONFIG["seed"], purpose, rank) for purpose in ("noise", "swap"))

    def batch(self, step):
        self.seen, targets = self.images.batch(step)
        x = self.front(self.seen, shown(self.swap, step, targets))
        if self.noise:
            x = x + self.noise * rough_normals(self.key, step, *x.shape).to(x.device)
        return x, targets


def say(text):
    """A line in one piece: several processes write to one terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# --- Training ---------------------------------------------------------------------------------------------------------


def steps_per_epoch():
    return math.ceil(CONFIG["trainCount"] / CONFIG["batch"])


def total_steps():
    return steps_per_epoch() * CONFIG["epochs"]


def recovery_steps():
    return steps_per_epoch() * CONFIG["recovery"]


def rate_at(step):
    """Learning rate of a step; recovery follows the last step of training."""
    if step >= total_steps():
        return CONFIG["recoveryLearningRate"]
    return CONFIG["learningRate"] * ((1 + math.cos(math.pi * step / total_steps())) / 2 if CONFIG["schedule"] == "cosine" else 1)


# @OPTIMIZER@


def cross_entropy(y, classes, weights, reduction="mean"):
    """The mean is over samples, weighted or not. Class -1 counts for nothing in a sum."""
    if weights is None:
        return nn.functional.cross_entropy(y, classes, ignore_index=-1, reduction=reduction)
    total = nn.functional.cross_entropy(y, classes, weight=weights, ignore_index=-1, reduction="sum")
    return total / len(classes) if reduction == "mean" else total


class Traffic:
    """Counts what this process gives to torch.distributed to be sent: operations, and bytes of their tensors."""

    def __init__(self):
        self.messages, self.bytes = 0, 0
        operation, sends = dist.P2POp, dist.isend
        # Where the tensor that leaves stands among the arguments. FSDP uses the last four, by their old names or the new.
        for place, names in enumerate((
            ("send", "broadcast", "all_reduce"),
            ("all_gather_into_tensor", "all_gather_single", "reduce_scatter_tensor", "reduce_scatter_single"),
        )):
            for name in names:
                if hasattr(dist, name):
                    setattr(dist, name, self.counted(getattr(dist, name), place))

        @functools.wraps(operation)
        def point_to_point(op, tensor, *args, **options):
            # Pipelines describe each message and hand it over later; the description is what can be seen from here.
            if op is sends:
                self.add(tensor)
            return operation(op, tensor, *args, **options)

        dist.P2POp = point_to_point

    def counted(self, operation, place):
        @functools.wraps(operation)
        def call(*args, **options):
            given = [*args, *options.values()]
            self.add(given[place])
            return operation(*args, **options)

        return call

    def add(self, tensor):
        self.messages += 1
        self.bytes += tensor.numel() * tensor.element_size()


class Checkpoints:
    """States of a model and its optimizer under --checkpoint DIR, one folder per experiment, way and partition."""

    def __init__(self, folder, name, model, optimizer, alone):
        mark = zlib.crc32(json.dumps(CONFIG, sort_keys=True).encode())
        self.folder = os.path.join(folder, f"{name}-{mark:08x}") if folder else None
        self.model, self.optimizer, self.alone = model, optimizer, alone
        # What is alone here means to be.
        warnings.filterwarnings("ignore", message="torch.distributed is disabled")

    def steps(self):
        """Steps of which there is a whole state: its .metadata is written last."""
        found = os.listdir(self.folder) if os.path.isdir(self.folder) else []
        whole = [one for one in found if os.path.exists(os.path.join(self.folder, one, ".metadata"))]
        return sorted(int(one.removeprefix("step-")) for one in whole)

    def place(self, step):
        return os.path.join(self.folder, f"step-{step:07d}")

    def state(self):
        import torch.distributed.checkpoint.state_dict as states

        flat = states.StateDictOptions(flatten_optimizer_state_dict=True)
        model, optimizer = states.get_state_dict(self.model, self.optimizer, options=flat)
        return {"model": model, "optimizer": optimizer}, flat

    def load(self):
        """Goes back to the newest state. Returns its step, 0 where there is none."""
        if not self.folder or not self.steps():
            return 0
        import torch.distributed.checkpoint as dcp
        from torch.distributed.checkpoint.state_dict import set_state_dict

        step = self.steps()[-1]
        state, flat = self.state()
        dcp.load(state, checkpoint_id=self.place(step), no_dist=self.alone)
        set_state_dict(self.model, self.optimizer, model_state_dict=state["model"], optim_state_dict=state["optimizer"],
                       options=flat)
        return step

    def save(self, step, first):
        """Keeps this state and the one before. @param first: whether this process tidies up."""
        if not self.folder:
            return
        import torch.distributed.checkpoint as dcp

        dcp.save(self.state()[0], checkpoint_id=self.place(step), no_dist=self.alone)
        for old in self.steps()[:-2] if first else []:
            shutil.rmtree(self.place(old))
        if first:
            say(f"checkpoint: {self.place(step)}")


def from_launcher(name, otherwise):
    """A number that torchrun or `start` tells every process."""
    return int(os.environ.get(name, str(otherwise)))


class Run:
    """What a process is told: its options, its place among the others, and where it computes."""

    def __init__(self, options):
        self.options = options
        self.rank, self.world = from_launcher("RANK", 0), from_launcher("WORLD_SIZE", 1)
        cuda = options.device == "cuda" or (options.device == "auto" and torch.cuda.is_available())
        local = from_launcher("LOCAL_RANK", 0)
        self.device = torch.device("cuda", local % max(1, torch.cuda.device_count())) if cuda else torch.device("cpu")
        if cuda:
            torch.cuda.set_device(self.device)
            beside = from_launcher("LOCAL_WORLD_SIZE", 1)
            if options.strategy != "sil" and beside > torch.cuda.device_count():
                raise SystemExit(f"{beside} processes need a GPU each, but here are {torch.cuda.device_count()}: --device cpu.")
        self.traffic = Traffic()

    def meet(self):
        """Waits for the other processes. Tensors on the processor travel by gloo, those on GPUs by NCCL."""
        minutes = self.options.timeout or (1440 if self.options.strategy in ("sil", "handoff") else 30)
        backend = "cpu:gloo,cuda:nccl" if self.device.type == "cuda" else "gloo"
        timeout = datetime.timedelta(minutes=minutes)
        store = None if "MASTER_ADDR" in os.environ else dist.HashStore()  # Nobody else is there.
        dist.init_process_group(backend, rank=self.rank, world_size=self.world, timeout=timeout, store=store)

    def train(self, name, model, optimizer, work, first, last, alone=False):
        """
        Optimizer steps first … last − 1, or what a checkpoint leaves of them.

        @param work: Step → its loss, its gradients left in the parameters; None where another process has the loss.
        @param alone: Whether the other processes know nothing of this.
        """
        checkpoints = Checkpoints(self.options.checkpoint, name, model, optimizer, alone)
        begin = max(first, checkpoints.load())
        if begin > first:
            say(f"rank {self.rank}: goes on at step {begin}")
        loss = None
        messages, sent, started = self.traffic.messages, self.traffic.bytes, time.time()
        for step in range(begin, last):
            for group in optimizer.param_groups:
                group["lr"] = rate_at(step)
            optimizer.zero_grad()
            loss = work(step)
            optimizer.step()
            if step + 1 == last or (step + 1) % steps_per_epoch() == 0:
                checkpoints.save(step + 1, alone or self.rank == 0)
        said = "" if loss is None else f", last loss {loss.item():.4f}"
        messages, sent = self.traffic.messages - messages, self.traffic.bytes - sent
        say(f"rank {self.rank}: {max(0, last - begin)} steps in {time.time() - started:.1f} s{said}; while training: "
            f"{messages} messages, {sent} bytes")

    def finish(self, model, test):
        """Scores the whole network and keeps it where that was asked for."""
        right, loss = 0, 0.0
        with torch.no_grad():
            for chosen in torch.arange(len(test.labels), device=self.device).split(1000):
                y, classes = model(test.inputs(chosen)), test.labels[chosen]
                right += int((y.argmax(dim=1) == classes).sum())
                loss += float(nn.functional.cross_entropy(y, classes, reduction="sum"))
        if self.options.save:
            layers = CONFIG["network"]
            if self.options.strategy == "sil":
                layers = [layer for part in CONFIG["partitions"] for layer in part["layers"]]
            whole = {"firstLayer": 0, "layers": layers}
            write_weights(self.options.save, model, whole, self.options.strategy, test)
            say(f"saved: {self.options.save}")
        name = "SIL" if self.options.strategy == "sil" else self.options.strategy
        count = len(test.labels)
        say(f"{name}: {100 * right / count:.2f}% of the test images ({right} of {count}), their mean loss {loss / count:.6f}")


def gather(run, model, parts):
    """On rank 0 the whole network, from the parts that the processes hold; elsewhere None."""
    flat = nn.utils.parameters_to_vector(model.parameters()).detach().cpu()
    if run.rank > 0:
        dist.send(flat, 0)
        return None
    models = [model]
    for rank, part in enumerate(parts[1:], start=1):
        other = build(part["layers"], part["firstLayer"])
        received = torch.empty(sum(p.numel() for p in other.parameters()))
        dist.recv(received, rank)
        nn.utils.vector_to_parameters(received, other.parameters())
        models.append(other.to(run.device))
    return join(models)


def part_file(run, rank):
    return os.path.join(run.options.parts, f"partition-{rank + 1}.safetensors")


def squared_distance(y, aims, weights=None, classes=None):
    distances = ((y - aims) ** 2).sum(dim=1)
    distances = distances if weights is None else distances * weights[classes]
    return distances.mean() / (1 if CONFIG["reduction"] == "sum" else y.shape[1])


def label_loss(y, classes, table, weights):
    """Squared distance to the class's vector; with "hybrid" also cross-entropy over the distances to all vectors."""
    loss, width = squared_distance(y, table[classes], weights, classes), table.shape[1]
    if CONFIG["hybrid"]:
        squares = (y**2).sum(dim=1, keepdim=True) - 2 * y @ table.T + (table**2).sum(dim=1)
        apart = cross_entropy(-CONFIG["sharpness"] / width * squares, classes, weights)
        loss = loss + CONFIG["hybrid"] * apart * (width if CONFIG["reduction"] == "sum" else 1)
    return loss


def reads_images(rank):
    """Whether a partition learns from images: the first, and those behind what is made of images or a copy of the first."""
    copies = rank == 1 and CONFIG["copySteps"] > 0
    return rank == 0 or copies or CONFIG["cuts"][rank - 1]["targets"] != "codes"


# What makes of images what stands at a cut, by what that is.
MADE = {"features": Features, "carried": Carried}


def partition_work(run, rank, train):
    """Partition `rank` before its first step, and what it does in a step: its loss, gradients left in the parameters."""
    parts, cuts = CONFIG["partitions"], CONFIG["cuts"]
    model = build(parts[rank]["layers"], parts[rank]["firstLayer"]).to(run.device)
    before, own = cuts[rank - 1] if rank > 0 else None, cuts[rank] if rank < len(cuts) else None
    if rank == 0:
        feed = ImageFeed(train)
    elif rank == 1 and CONFIG["copySteps"]:
        plain = before["targets"] == "codes"
        size = label_rms(label_table(before)) if plain else MADE[before["targets"]](before, train).size
        copy = first_steps(run, train)
        feed = FrontFeed(rank, lambda x, classes: copy(x), FEATURE_NOISE * size, train)
    elif reads_images(rank):
        front = MADE[before["targets"]](before, train)
        feed = FrontFeed(rank, front, front.noise, train)
    else:
        feed = LabelFeed(rank, label_table(before))
    aims = MADE[own["targets"]](own, train) if own and own["targets"] != "codes" else None
    table = label_table(own).to(run.device) if own and aims is None else None
    # Synthetic labels come in rounds of all classes, and what is made of images alone knows none: neither is weighed.
    weights = feed.weights if reads_images(rank) and not (aims and aims.table is None) else None

    def work(step):
        x, classes = (one.to(run.device) for one in feed.batch(step))
        y = model(x)
        if aims:
            loss = squared_distance(y, aims(x if rank == 0 else feed.seen, classes), weights, classes)
        elif table is None:
            loss = cross_entropy(y, classes, weights)
        else:
            loss = label_loss(y, classes, table, weights)
        loss.backward()
        return loss.detach()

    return model, work


def first_steps(run, train):
    """A throw-away copy of the first partition after its first steps, taken here once more."""
    model, work = partition_work(run, 0, train)
    optimizer = make_optimizer(model.parameters())
    for step in range(min(CONFIG["copySteps"], total_steps())):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step)
        optimizer.zero_grad()
        work(step)
        optimizer.step()
    return model.requires_grad_(False)


def train_partition(run, rank, train):
    """Partition `rank` alone: it learns from images or labels to give labels, features or classes, and leaves a file."""
    parts = CONFIG["partitions"]
    model, work = partition_work(run, rank, train)
    # A network without a cut is conventional training, its recovery too.
    whole = len(parts) == 1
    last = total_steps() + recovery_steps() * whole
    if not reads_images(rank):
        last = min(last, CONFIG["labelSteps"] or last)
    run.train(f"sil-{rank + 1}", model, make_optimizer(model.parameters()), work, 0, last, alone=True)
    write_weights(part_file(run, rank), model, parts[rank], "sil", train if rank == 0 else None)
    say(f"partition {rank + 1}: {part_file(run, rank)}")
    return model


def read_partition(run, rank, part):
    file = part_file(run, rank)
    layers, said = read_weights(file)
    if said.get("experiment") != CONFIG["link"]:
        raise SystemExit(f"{file} is of another experiment: {said.get('experiment', 'it does not say which')}.")
    order = arrange(layers, said, part)
    if not order:
        raise SystemExit(f"{file} does not hold the layers of partition {rank + 1}. Train it again: --part {rank + 1}.")
    model = build(part["layers"], part["firstLayer"])
    with torch.no_grad():
        for module, (weight, bias) in zip(weighted(model).values(), map(layers.get, order)):
            module.weight.copy_(weight)
            module.bias.copy_(bias)
    return model.to(run.device)


def train_sil(run):
    """A partition per process; then rank 0 has them all, or a later command reads their files."""
    parts, options = CONFIG["partitions"], run.options
    rank = options.part - 1 if options.part else run.rank
    train, test = load(options.data, run.device) if reads_images(rank) else (None, None)
    if options.join:
        model = join([read_partition(run, index, part) for index, part in enumerate(parts)])
    else:
        model = train_partition(run, rank, train)
        if options.part:
            return
        if len(parts) > 1:
            run.meet()
            model = gather(run, model, parts)
    if model is None:
        return
    if CONFIG["recovery"] and len(parts) > 1:
        feed = ImageFeed(train)

        def work(step):
            x, classes = feed.batch(step)
            loss = cross_entropy(model(x), classes, feed.weights)
            loss.backward()
            return loss.detach()

        # What is joined is a new network to its optimizer.
        first = total_steps()
        run.train("sil-joined", model, make_optimizer(model.parameters()), work, first, first + recovery_steps(), alone=True)
    run.finish(model, test)


def train_whole(run):
    """The whole network: alone, replicated, or sharded. Every process takes its share of each batch."""
    strategy, world = run.options.strategy, run.world
    train, test = load(run.options.data, run.device)
    alone = strategy not in ("data", "fsdp")
    if not alone:
        run.meet()
    model = build(CONFIG["network"], 0).to(run.device)
    wrapped = model
    if strategy == "data":
        from torch.distributed.algorithms.ddp_comm_hooks import default_hooks

        wrapped = nn.parallel.DistributedDataParallel(model)
        # What it would do by itself, but where it can be counted.
        wrapped.register_comm_hook(None, default_hooks.allreduce_hook)
    elif strategy == "fsdp":
        from torch.distributed.device_mesh import init_device_mesh
        from torch.distributed.fsdp import fully_shard

        mesh = init_device_mesh(run.device.type, (world,))
        for layer in weighted(model).values():
            fully_shard(layer, mesh=mesh)
        wrapped = fully_shard(model, mesh=mesh)
    feed = ImageFeed(train)

    def work(step):
        x, classes = feed.batch(step)
        share = torch.arange(len(classes), device=run.device).tensor_split(world)[run.rank]
        # Gradients are averaged over processes; the sum over this share counts for the whole batch.
        loss = cross_entropy(wrapped(x[share]), classes[share], feed.weights, reduction="sum") * world / len(classes)
        loss.backward()
        return loss.detach()

    run.train(strategy, wrapped, make_optimizer(wrapped.parameters()), work, 0, total_steps() + recovery_steps(), alone)
    if strategy == "fsdp":
        import torch.distributed.checkpoint.state_dict as states

        whole = states.StateDictOptions(full_state_dict=True, cpu_offload=True)
        full = states.get_model_state_dict(model, options=whole)
        if run.rank == 0:
            model = build(CONFIG["network"], 0).to(run.device)
            model.load_state_dict(full)
    if run.rank == 0:
        run.finish(model, test)


def train_pipeline(run):
    """Stages on processes of their own, with PyTorch's schedules."""
    stages = CONFIG["stages"]
    if len(stages) == 1:
        say("This network has no cut: one stage, which trains alone.")
        return train_whole(run)
    from torch.distributed.pipelining import PipelineStage, Schedule1F1B, ScheduleGPipe

    train, test = load(run.options.data, run.device)
    run.meet()
    first, last = run.rank == 0, run.rank == run.world - 1
    # Every micro-batch must have the same size: what a batch lacks is filled up with samples that no loss counts.
    micros = min(CONFIG["microBatches"], CONFIG["batch"])
    size = math.ceil(min(CONFIG["batch"], CONFIG["trainCount"]) / micros) * micros
    kind = ScheduleGPipe if CONFIG["pipeline"] == "gpipe" else Schedule1F1B
    if kind is Schedule1F1B and micros < len(stages):
        kind = ScheduleGPipe
        if first:
            say(f"1F1B needs as many micro-batches as stages, but there are {micros} for {len(stages)}: GPipe's order "
                "instead, which computes the same.")
    counted = size
    feed = ImageFeed(train)

    def loss_of(y, classes):
        return cross_entropy(y, classes, feed.weights, reduction="sum") / counted

    model = build(stages[run.rank]["layers"], stages[run.rank]["firstLayer"]).to(run.device)
    stage = PipelineStage(model, run.rank, run.world, run.device)
    schedule = kind(stage, n_microbatches=micros, loss_fn=loss_of, scale_grads=False)

    def work(step):
        nonlocal counted
        chosen = feed.chosen(step).to(run.device)
        counted = len(chosen)
        filling, losses = size - counted, []
        if first:
            schedule.step(nn.functional.pad(train.inputs(chosen), (0, 0, 0, filling)))
        elif last:
            target = nn.functional.pad(train.labels[chosen], (0, filling), value=-1)
            schedule.step(target=target, losses=losses, return_outputs=False)
        else:
            schedule.step()
        return sum(losses).detach() if last else None

    run.train("pipeline", model, make_optimizer(model.parameters()), work, 0, total_steps() + recovery_steps())
    model = gather(run, model, stages)
    if first:
        run.finish(model, test)


def head_of(rank, inputs):
    """A stage's linear head: weights from a stream of its own, and no network keeps it."""
    classes, begun = CONFIG["classes"], CONFIG["head"]
    head = nn.Linear(inputs, classes)
    drawn = Stream(CONFIG["seed"], "head", rank, 0).normals(inputs * classes)
    drawn = drawn * (math.sqrt(begun["initialVariance"] / inputs) * begun["initScale"])
    with torch.no_grad():
        head.weight.copy_(torch.from_numpy(drawn.astype(np.float32).reshape(inputs, classes)).T)
        head.bias.zero_()
    return head


def end_to_end(run, model, feed):
    """A step of a stage among the others: activations go forward, gradients back."""
    first, last, train = run.rank == 0, run.rank == run.world - 1, feed.train

    def work(step):
        chosen = feed.chosen(step).to(run.device)
        if first:
            x = train.inputs(chosen)
        else:
            x = torch.empty(len(chosen), CONFIG["cuts"][run.rank - 1]["width"], device=run.device)
            dist.recv(x, run.rank - 1)
            x.requires_grad_()
        y = model(x)
        if last:
            loss = cross_entropy(y, train.labels[chosen], feed.weights)
            loss.backward()
        else:
            dist.send(y.detach(), run.rank + 1)
            gradient = torch.empty_like(y)
            dist.recv(gradient, run.rank + 1)
            y.backward(gradient)
        if not first:
            dist.send(x.grad, run.rank - 1)
        return loss.detach() if last else None

    return work


def headed(run):
    """A stage's layers, and its head: the last stage needs none."""
    part = CONFIG["stages"][run.rank]
    last = run.rank == run.world - 1
    head = nn.Identity() if last else head_of(run.rank, CONFIG["cuts"][run.rank]["width"])
    return nn.ModuleDict({"body": build(part["layers"], part["firstLayer"]), "head": head}).to(run.device)


def finish_stages(run, name, body, feed, test):
    """Recovery epochs of stages that have learned by heads, and the whole network scored."""
    if CONFIG["recovery"]:
        # What is joined is a new network to its optimizer.
        work = end_to_end(run, body, feed)
        run.train(f"{name}-joined", body, make_optimizer(body.parameters()), work, total_steps(), total_steps() + recovery_steps())
    model = gather(run, body, CONFIG["stages"])
    if run.rank == 0:
        run.finish(model, test)


def train_handoff(run):
    """Stages that learn by a head each, one after the other, on what the finished one gives for every image, sent once."""
    if len(CONFIG["stages"]) == 1:
        say("This network has no cut: one stage, which trains alone.")
        return train_whole(run)
    train, test = load(run.options.data, run.device)
    run.meet()
    model, feed = headed(run), ImageFeed(train)
    pieces = torch.arange(len(train.labels), device=run.device).split(512)
    inputs = train.inputs
    if run.rank > 0:
        handed = torch.empty(len(train.labels), CONFIG["cuts"][run.rank - 1]["width"], device=run.device)
        for piece in pieces:
            dist.recv(handed[piece[0] : piece[-1] + 1], run.rank - 1)
        inputs = handed.__getitem__

    def work(step):
        chosen = feed.chosen(step).to(run.device)
        loss = cross_entropy(model["head"](model["body"](inputs(chosen))), train.labels[chosen], feed.weights)
        loss.backward()
        return loss.detach()

    run.train(f"handoff-{run.rank + 1}", model, make_optimizer(model.parameters()), work, 0, total_steps(), alone=True)
    if run.rank < run.world - 1:
        messages, sent = run.traffic.messages, run.traffic.bytes
        with torch.no_grad():
            for piece in pieces:
                dist.send(model["body"](inputs(piece)), run.rank + 1)
        say(f"rank {run.rank}: handed on {run.traffic.messages - messages} messages, {run.traffic.bytes - sent} bytes")
    finish_stages(run, "handoff", model["body"], feed, test)


def train_local(run):
    """Stages that learn the classes by a head each, on what the stage before sends (decoupled greedy learning)."""
    if len(CONFIG["stages"]) == 1:
        say("This network has no cut: one stage, which trains alone.")
        return train_whole(run)
    train, test = load(run.options.data, run.device)
    run.meet()
    first, last = run.rank == 0, run.rank == run.world - 1
    model, feed, leaving = headed(run), ImageFeed(train), collections.deque()

    def work(step):
        chosen = feed.chosen(step).to(run.device)
        if first:
            x = train.inputs(chosen)
        else:
            x = torch.empty(len(chosen), CONFIG["cuts"][run.rank - 1]["width"], device=run.device)
            dist.recv(x, run.rank - 1)
        y = model["body"](x)
        if not last:
            # So many steps may be on their way before this stage waits.
            while len(leaving) > CONFIG["lag"]:
                leaving.popleft()[0].wait()
            sent = y.detach().clone()
            run.traffic.add(sent)
            leaving.append((dist.isend(sent, run.rank + 1), sent))
        loss = cross_entropy(model["head"](y), train.labels[chosen], feed.weights)
        loss.backward()
        return loss.detach()

    run.train("local", model, make_optimizer(model.parameters()), work, 0, total_steps())
    for message, _ in leaving:
        message.wait()
    finish_stages(run, "local", model["body"], feed, test)


TRAINING = {
    "conventional": train_whole,
    "sil": train_sil,
    "pipeline": train_pipeline,
    "data": train_whole,
    "fsdp": train_whole,
    "local": train_local,
    "handoff": train_handoff,
}


# --- Starting ---------------------------------------------------------------------------------------------------------


def check(options, world, rank):
    """Refuses what cannot work, before any process waits for another."""
    parts, one_by_one = len(CONFIG["partitions"]), options.part is not None or options.join
    wanted = {"sil": 1 if one_by_one else parts, "conventional": 1, "pipeline": parts, "local": parts,
              "handoff": parts}.get(options.strategy)
    if one_by_one and options.strategy != "sil":
        raise SystemExit("--part and --join are for partitions, which train alone: --strategy sil.")
    if options.part is not None and not 1 <= options.part <= parts:
        raise SystemExit(f"--part takes 1 to {parts}, but found {options.part}.")
    if options.part is not None and (options.save or options.join):
        raise SystemExit("--part trains one partition and leaves it in --parts DIR; --save and --join come afterwards.")
    if wanted is not None and world != wanted:
        why = {
            "sil": "joining and single partitions need" if one_by_one else f"{parts} partitions need",
            "conventional": "training on one device needs",
            "pipeline": f"{parts} stages need",
            "local": f"{parts} stages need",
            "handoff": f"{parts} stages need",
        }[options.strategy]
        many = "" if options.strategy != "conventional" else " More of them: --strategy data or fsdp."
        raise SystemExit(f"{why[0].upper()}{why[1:]} {wanted} process{'es' * (wanted > 1)}, but found {world}: --processes {wanted}, "
                         f"or torchrun --nproc_per_node={wanted}.{many}")
    given = CONFIG["weights"]
    if given and not options.weights:
        raise SystemExit(f"This experiment began with the weights of {given}. Name that file: --weights FILE; or begin with "
                         "the seed's own: --weights seed.")
    blind = options.strategy == "sil" and not reads_images((options.part or rank + 1) - 1)
    for role in [] if blind else CONFIG["files"]:
        find_idx(options.data, role)


def start(count):
    """Runs this very command in `count` processes. The first that fails stops the others, and has the last word."""
    port = from_launcher("MASTER_PORT", 0)
    try:
        # Where the processes find each other. It stays here, so that the port cannot be taken before they do.
        store = dist.TCPStore("127.0.0.1", port, is_master=True, wait_for_workers=False)
    except RuntimeError as error:
        raise SystemExit(f"Port {port} is not free ({str(error).splitlines()[0]}). Without MASTER_PORT a free one is taken.") from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    ended, failed = queue.Queue(), []
    said = [collections.deque(maxlen=1) for _ in range(count)]

    def watch(rank, process):
        for line in process.stderr:
            said[rank].append(line.rstrip())
            if not failed:
                sys.stderr.write(line)
        ended.put((rank, process.wait()))

    processes = []
    try:
        for rank in range(count):
            place = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count,
                     "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": store.port, "TORCHELASTIC_USE_AGENT_STORE": True}
            environment = {**os.environ, **{key: str(value) for key, value in place.items()}}
            command = [sys.executable, *sys.argv]
            processes.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, errors="replace"))
            threading.Thread(target=watch, args=(rank, processes[-1]), daemon=True).start()
        for _ in processes:
            rank, code = ended.get()
            if code != 0:
                failed.append(rank)
                how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
                raise SystemExit(f"Process {rank} {how}, and the others were stopped. {' '.join(said[rank])}".rstrip())
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", metavar="DIR", default=".", help="folder with the four official IDX files")
    parser.add_argument("--strategy", default="sil", choices=CONFIG["strategies"])
    parser.add_argument("--processes", metavar="N", type=int, default=0, help="start so many processes of this file")
    parser.add_argument("--part", metavar="K", type=int, help="train partition K alone, counted from 1, and leave its file")
    parser.add_argument("--join", action="store_true", help="join the partitions' files instead of training them")
    parser.add_argument("--parts", metavar="DIR", default="parts",
                        help="where every partition leaves its weights before the join (default: parts)")
    parser.add_argument("--save", metavar="FILE", help="keep the trained network as safetensors")
    parser.add_argument("--weights", metavar="FILE", help="begin with these: safetensors of the whole network or a partition")
    parser.add_argument("--checkpoint", metavar="DIR",
                        help="keep the state after every epoch, and go on from the newest; for other strategies than SIL "
                             "all machines must see DIR")
    parser.add_argument("--images", metavar="N", type=int, help="count steps from so many training images")
    parser.add_argument("--timeout", metavar="MINUTES", type=float,
                        help="how long to wait for another process (default: 1440 for SIL's join and a hand-off, else 30)")
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"], help="where to compute (default: auto)")
    parser.add_argument("--threads", metavar="N", type=int, default=1, help="threads per process (default: 1)")
    options = parser.parse_args()
    if options.images:
        CONFIG["trainCount"] = options.images
    if options.processes and "RANK" not in os.environ:
        check(options, options.processes, 0)
        return start(options.processes)
    torch.set_num_threads(options.threads)
    check(options, from_launcher("WORLD_SIZE", 1), from_launcher("RANK", 0))
    if options.weights and options.weights != "seed":
        give(options.weights)
    run = Run(options)
    TRAINING[options.strategy](run)
    if dist.is_initialized():
        dist.destroy_process_group()
        # Threads of the group may still let go of Python objects while the interpreter ends, which aborts the process
        # after all is done (PyTorch 2.13, gloo, now and then): end without that.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
