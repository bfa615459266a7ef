"""Checkpoints as trackbench reads them: half precision, safetensors, the authors' keys."""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn

LARGEST_VARIANCE = 2.0**14
"""Kept below half precision's 65504. The first convolution sees bytes, and its variances grow beyond that in a long training."""


@torch.no_grad()
def tame(network: nn.Module) -> None:
    """Scales down convolutions whose batch norm's variances are too large, and these with them: by powers of two, so that the network
    gives what it gave, but for the norm's epsilon of 1e-5."""
    convolution = None
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d) and convolution is not None:
            while float(module.running_var.max()) > LARGEST_VARIANCE:
                for tensor in (convolution.weight, convolution.bias, module.running_mean):
                    if tensor is not None:
                        tensor /= 2
                module.running_var /= 4
        convolution = module if isinstance(module, nn.Conv2d) else None


def write(network: nn.Module, path: Path, note: dict[str, str]) -> None:
    tame(network)
    tensors = {
        key: value.half().contiguous()
        for key, value in network.state_dict().items()
        if not key.endswith(".num_batches_tracked")
    }
    for key, value in tensors.items():
        if not bool(torch.isfinite(value).all()):
            raise ValueError(f"{key} does not fit half precision")
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata=note)


def read(network: nn.Module, path: Path) -> nn.Module:
    """The network as trackbench sees it: half-precision numbers, reckoned with in single."""
    tensors = {key: value.float() for key, value in load_file(path).items()}
    left = network.load_state_dict(tensors, strict=False)
    missing = [key for key in left.missing_keys if not key.endswith(".num_batches_tracked")]
    if missing or left.unexpected_keys:
        raise ValueError(f"{path}: missing {missing[:3]}, left over {left.unexpected_keys[:3]}")
    return network.eval()
