"""The neck and the heads over one or three levels of features."""

import torch
from torch import nn

from .parts import conv_bn


class AdjustLayer(nn.Module):
    """One 1 x 1 convolution of the neck; maps narrower than 20 are cut to their central 7 x 7.

    Source: STVIR/pysot, pysot/models/neck/neck.py.
    """

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.downsample = nn.Sequential(*conv_bn(inputs, outputs, 1))

    def forward(self, x):
        x = self.downsample(x)
        if x.shape[3] < 20:
            first = (x.shape[3] - 7) // 2
            x = x[:, :, first : first + 7, first : first + 7]
        return x


class Neck(nn.Module):
    def __init__(self, inputs: list[int], outputs: list[int]):
        super().__init__()
        for level, (i, o) in enumerate(zip(inputs, outputs, strict=True)):
            self.add_module(f"downsample{level + 2}", AdjustLayer(i, o))

    def forward(self, maps):
        return [layer(x) for layer, x in zip(self.children(), maps, strict=True)]


class Level(nn.Module):
    """The two units of one level."""

    def __init__(self, unit, channels: int, classes: int, boxes: int):
        super().__init__()
        self.cls = unit(channels, classes)
        self.loc = unit(channels, boxes)

    def template(self, z, prior):
        return self.cls.template(z, prior), self.loc.template(z, prior)

    def forward(self, x, state):
        return self.cls(x, state[0]), self.loc(x, state[1])


class MultiLevelHead(nn.Module):
    """Levels put together by softmaxed weights of their own, or by their mean where there are none.

    Region proposals (`rpn2` to `rpn4`, 10 and 20 maps) and SiamBAN's box-adaptive ones (`box2` to `box4`, 2 and 4 maps) differ in
    their keys, their counts, and in SiamBAN's exponential: taken at each level, before the sum, of the map times `loc_scale`.

    Sources: STVIR/pysot, pysot/models/head/rpn.py, MultiRPN; hqucv/siamban, siamban/models/head/ban.py, MultiBAN.
    """

    def __init__(self, unit, channels: list[int], name: str, classes: int, boxes: int, weighted: bool, scaled: bool):
        super().__init__()
        self.names = [f"{name}{level + 2}" for level in range(len(channels))]
        for key, count in zip(self.names, channels, strict=True):
            self.add_module(key, Level(unit, count, classes, boxes))
        if weighted:
            self.cls_weight = nn.Parameter(torch.ones(len(channels)))
            self.loc_weight = nn.Parameter(torch.ones(len(channels)))
        self.is_weighted = weighted
        self.loc_scale = nn.Parameter(torch.ones(len(channels))) if scaled else None

    def template(self, maps, prior):
        return [getattr(self, key).template(z, prior) for key, z in zip(self.names, maps, strict=True)]

    def forward(self, maps, state):
        pairs = [getattr(self, key)(x, s) for key, x, s in zip(self.names, maps, state, strict=True)]
        cls, loc = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        if self.loc_scale is not None:
            loc = [torch.exp(x * self.loc_scale[level]) for level, x in enumerate(loc)]
        if not self.is_weighted:
            return sum(cls[1:], cls[0]) / len(cls), sum(loc[1:], loc[0]) / len(loc)
        return _weighted(cls, self.cls_weight), _weighted(loc, self.loc_weight)


def _weighted(maps, weights):
    weights = torch.softmax(weights, 0)
    total = maps[0] * weights[0]
    for level in range(1, len(maps)):
        total = total + maps[level] * weights[level]
    return total
