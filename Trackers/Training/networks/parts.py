"""What several of the networks are made of."""

import torch.nn.functional as F
from torch import nn


def scaled(channels: int, width: float) -> int:
    """A count of channels at a width: truncated, never below 1, as trackbench's own networks count."""
    return max(1, int(channels * width))


def conv_bn(inputs: int, outputs: int, kernel: int, *activation: nn.Module, **options) -> list[nn.Module]:
    """A convolution without bias (unless asked for) and its batch norm, then what else is given."""
    options.setdefault("bias", False)
    return [nn.Conv2d(inputs, outputs, kernel, **options), nn.BatchNorm2d(outputs), *activation]


def depthwise_correlation(search, kernel, padding: int = 0):
    """out(c, y, x) = sum over i, j of search(c, y + i, x + j) * kernel(c, i, j), channel by channel.

    search: n x c x h x w; kernel: n x c x kh x kw, or 1 x c x kh x kw for all of them.
    """
    n, c, h, w = search.shape
    if kernel.shape[0] == 1:
        return F.conv2d(search, kernel.reshape(c, 1, *kernel.shape[2:]), padding=padding, groups=c)
    out = F.conv2d(
        search.reshape(1, n * c, h, w), kernel.reshape(n * c, 1, *kernel.shape[2:]), padding=padding, groups=n * c
    )
    return out.reshape(n, c, *out.shape[2:])


def full_correlation(search, kernel):
    """One map a pair: the sum of the depth-wise correlation over all channels; shapes as there."""
    n, c, h, w = search.shape
    if kernel.shape[0] == 1:
        return F.conv2d(search, kernel)
    out = F.conv2d(search.reshape(1, n * c, h, w), kernel, groups=n)
    return out.reshape(n, 1, *out.shape[2:])
