"""Weights from files into networks, strictly."""

from pathlib import Path

import torch
from torch import nn


def read_tensors(path: str | Path) -> dict[str, torch.Tensor]:
    """The tensors of a safetensors or PyTorch file, without wrappers and without a leading `module.`."""
    path = Path(path)
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(path)
    import numpy

    # NanoTrack's files carry NumPy scalars beside the weights.
    dtype = [type(numpy.dtype(kind)) for kind in ("f4", "f8", "i4", "i8")]
    scalar = numpy._core.multiarray.scalar
    with torch.serialization.safe_globals(
        [(scalar, "numpy.core.multiarray.scalar"), scalar, numpy.dtype, *dtype, (_encode, "_codecs.encode")]
    ):
        content = torch.load(path, map_location="cpu", weights_only=True)
    content = content.get("state_dict", content)
    return {key.removeprefix("module."): value for key, value in content.items()}


def _encode(text, encoding):
    return text.encode(encoding)


def load(network: nn.Module, tensors: dict[str, torch.Tensor]) -> nn.Module:
    """Loads every tensor of the network and leaves none over, but for the neck that NanoTrack's files hold and nobody calls."""
    wanted = network.state_dict()
    idle = {key for key in tensors if key.startswith("neck.downsample.") and key not in wanted}
    given = {key: value for key, value in tensors.items() if key not in idle}
    for key in wanted:
        if key.endswith(".num_batches_tracked"):
            given.setdefault(key, torch.zeros((), dtype=torch.long))
    network.load_state_dict(given, strict=True)
    return network
