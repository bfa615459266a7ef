"""Weights that follow from a rule instead of a file, for comparisons that need no download.

Every tensor is drawn from a splitmix64 stream that begins at the FNV-1a hash of its key, in double precision and rounded once. Gains are
chosen so that features stay of order one. trackbench's own goldens use the same rule.
"""

import math

import numpy as np
import torch
from torch import nn

# First convolutions see bytes up to 255 without normalisation.
FIRST = {
    "backbone.features.0.weight", "backbone.layer1.0.weight", "backbone.conv1.weight", "backbone.layer0.0.weight",
}  # fmt: skip


def fnv1a(text: str) -> int:
    state = 0xCBF29CE484222325
    for byte in text.encode():
        state = (state ^ byte) * 0x100000001B3 % 2**64
    return state


def stream(key: str, count: int) -> np.ndarray:
    """`count` numbers in [0, 1)."""
    with np.errstate(over="ignore"):
        steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = steps + np.uint64(fnv1a(key))
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) * 2.0**-24


def gain(key: str, shape: tuple[int, ...]) -> float:
    if key in FIRST:
        return 1 / 16
    if key.endswith(".head.0.weight") and shape[2:] == (1, 1):
        return 1 / 64
    if key.endswith(".cls.head.3.weight"):
        return 0.75
    if key.endswith(".loc.head.3.weight"):
        return 0.25
    if key.endswith(".xorr_bbox.0.weight"):
        return 1 / 64
    if key.endswith((".xorr_bbox.6.weight", ".xorr_search.weight", ".xorr_kernel.weight")):
        return 1.0
    if key.startswith("backbone.layer") and key.endswith(".conv.6.weight"):
        return 1.0
    if key.endswith(".downsample.0.weight"):
        return 1.0
    return math.sqrt(2)


def tensor(key: str, shape: tuple[int, ...], is_norm: bool) -> torch.Tensor:
    if key.endswith(".num_batches_tracked"):
        return torch.zeros(shape, dtype=torch.long)
    count = math.prod(shape)
    f = stream(key, count)
    s = 2 * f - 1
    stem, part = key.rsplit(".", 1)
    if part == "running_mean":
        values = 0.2 * s
    elif part == "running_var":
        values = 0.6 + 0.8 * f
    elif is_norm and part == "weight":
        values = 0.75 + 0.5 * f
        if stem.endswith(".bn3"):
            values = 0.4 * values
    elif part == "bias":
        values = 0.2 * s if is_norm else 0.1 * s
        if key.startswith("head.") and key.endswith(".loc.head.3.bias"):
            values = 3.5 + values
    elif part in ("cls_weight", "loc_weight"):
        values = 0.5 + f
    elif part == "loc_scale":
        values = 0.9 + 0.2 * f
    else:
        fan_in = math.prod(shape[1:])
        if key in FIRST:
            # Odd filters remove the picture's mean.
            u = s.reshape(shape[0], fan_in)
            half = fan_in // 2
            u[:, fan_in - half :] = -u[:, :half][:, ::-1]
            if fan_in % 2:
                u[:, half] = 0
            s = u.reshape(-1)
        values = s * (gain(key, shape) * math.sqrt(3 / fan_in))
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def rule_weights(network: nn.Module) -> dict[str, torch.Tensor]:
    """A state dict for the network."""
    shapes = {key: tuple(value.shape) for key, value in network.state_dict().items()}
    norms = {key.rsplit(".", 1)[0] for key in shapes if key.endswith(".running_mean")}
    return {key: tensor(key, shape, key.rsplit(".", 1)[0] in norms) for key, shape in shapes.items()}
