"""One PyTorch contender of the benchmark: the same network, weights and batches, on the processor.

Started by `anchor.ts` with a folder that holds the work and a description of it; then reads how many steps to train, a
line each, and answers each with the loss of its last step, before its update.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

folder = Path(sys.argv[1])
work = json.loads((folder / "work.json").read_text())
widths, batch = work["widths"], work["batch"]
torch.set_num_threads(work["threads"])

values = torch.from_numpy(np.fromfile(folder / "parameters.f32", np.float32))
layers = []
for inputs, outputs in zip(widths, widths[1:]):
    linear = nn.Linear(inputs, outputs)
    weights, bias, values = values.split([inputs * outputs, outputs, len(values) - (inputs + 1) * outputs])
    with torch.no_grad():
        linear.weight.copy_(weights.view(inputs, outputs).T)
        linear.bias.copy_(bias)
    layers += [linear, nn.ReLU()]
model = nn.Sequential(*layers[:-1])

images = np.fromfile(folder / "images.u8", np.uint8).reshape(-1, batch, widths[0])
labels = np.fromfile(folder / "labels.u8", np.uint8).reshape(-1, batch)
batches = [
    (torch.from_numpy(x.astype(np.float32) * np.float32(work["scale"])), torch.from_numpy(y.astype(np.int64)))
    for x, y in zip(images, labels)
]
optimizer = torch.optim.Adam(model.parameters(), lr=work["rate"], fused=work["fused"])


def loss_of(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return nn.functional.cross_entropy(model(x), y)


if work["compiled"]:
    loss_of = torch.compile(loss_of)

done = 0
print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
for line in sys.stdin:
    loss = None
    try:
        for _ in range(int(line)):
            x, y = batches[done % len(batches)]
            done += 1
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(x, y)
            loss.backward()
            optimizer.step()
        print(json.dumps({"loss": loss.item()}), flush=True)
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        print(json.dumps({"error": reason[0]}), flush=True)
