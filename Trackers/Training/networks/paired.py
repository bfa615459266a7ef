"""A pair of units that differ in nothing but the correlation, to examine the paper's claim: the same layers, as many numbers.

Both adjust template and search features by a 3 x 3 convolution and put each through one of 5 x 5 of its own. Then

- depth-wise: both 5 x 5 keep the map's size, and the template's 5 x 5 slides over the search's, channel by channel;
- asymmetric: neither is padded, so the template's 5 x 5 becomes one number a channel, which is added to the search's map.

A search map of side s gives s - 6 either way. What follows is the same again. There is no box prior, which would be a second difference.
"""

import torch
from torch import nn

from .parts import conv_bn, depthwise_correlation

CORRELATIONS = ("depthwise", "asymmetric")


class PairedUnit(nn.Module):
    def __init__(self, channels: int, outputs: int, correlation: str):
        super().__init__()
        if correlation not in CORRELATIONS:
            raise ValueError(f"no correlation {correlation!r}; there are {', '.join(CORRELATIONS)}")
        self.is_depthwise = correlation == "depthwise"
        padding = 2 if self.is_depthwise else 0
        self.conv_kernel = nn.Sequential(*conv_bn(channels, channels, 3, nn.ReLU(inplace=True)))
        self.conv_search = nn.Sequential(*conv_bn(channels, channels, 3, nn.ReLU(inplace=True)))
        self.fused_kernel = nn.Conv2d(channels, channels, 5, padding=padding)
        self.fused_search = nn.Conv2d(channels, channels, 5, padding=padding, bias=False)
        self.after = nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU())
        self.head = nn.Sequential(
            *conv_bn(channels, channels, 1, nn.ReLU(inplace=True)), nn.Conv2d(channels, outputs, 1)
        )

    def template(self, z, prior):
        return self.fused_kernel(self.conv_kernel(z))

    def fused(self, x, state) -> torch.Tensor:
        """What the correlation gives, after batch norm and ReLU: the channels that can be active."""
        x = self.fused_search(self.conv_search(x))
        return self.after(depthwise_correlation(x, state) if self.is_depthwise else x + state)

    def forward(self, x, state):
        return self.head(self.fused(x, state))
