"""Checkpoints as trackbench reads them: half precision, safetensors, the authors' keys."""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def write(network: torch.nn.Module, path: Path, note: dict[str, str]) -> None:
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


def read(network: torch.nn.Module, path: Path) -> torch.nn.Module:
    """The network as trackbench sees it: half-precision numbers, reckoned with in single."""
    tensors = {key: value.float() for key, value in load_file(path).items()}
    left = network.load_state_dict(tensors, strict=False)
    missing = [key for key in left.missing_keys if not key.endswith(".num_batches_tracked")]
    if missing or left.unexpected_keys:
        raise ValueError(f"{path}: missing {missing[:3]}, left over {left.unexpected_keys[:3]}")
    return network.eval()
