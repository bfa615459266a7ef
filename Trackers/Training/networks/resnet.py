"""The ResNet-50 of pysot, SiamBAN and SiamBAN-ACM: strides of later layers are dilations."""

import torch.nn.functional as F
from torch import nn

from .parts import conv_bn, scaled


class Bottleneck(nn.Module):
    """1 x 1, 3 x 3, 1 x 1 beside a shortcut; four times `planes` channels leave it."""

    def __init__(self, inputs: int, planes: int, stride: int, dilation: int, shortcut: int | None):
        super().__init__()
        # 2 - stride, but with dilation the padding is the dilation.
        padding = dilation if dilation > 1 else 2 - stride
        self.conv1, self.bn1 = conv_bn(inputs, planes, 1)
        self.conv2, self.bn2 = conv_bn(planes, planes, 3, stride=stride, padding=padding, dilation=dilation)
        self.conv3, self.bn3 = conv_bn(planes, 4 * planes, 1)
        self.downsample = None
        if shortcut == 1:
            self.downsample = nn.Sequential(*conv_bn(inputs, 4 * planes, 1, stride=stride))
        elif shortcut:
            self.downsample = nn.Sequential(
                *conv_bn(inputs, 4 * planes, shortcut, stride=stride, padding=padding, dilation=dilation)
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet50(nn.Module):
    """Gives the outputs of layers 2, 3 and 4 (fewer where `blocks` has fewer layers), all on one grid of eight pixels a step: 15 x 15 for 127, 31 x 31 for 255.

    Differs from the usual ResNet-50: no padding in the stem and in layer 2's stride, 3 x 3 shortcuts in layers 2 to 4, half the
    dilation in the first block of layers 3 and 4. Source: STVIR/pysot, pysot/models/backbone/resnet_atrous.py.
    """

    # planes, stride, dilation of the first block, dilation of the others
    LAYERS = ((64, 1, 1, 1), (128, 2, 1, 1), (256, 1, 1, 2), (512, 1, 2, 4))

    def __init__(self, width: float = 1.0, blocks: tuple[int, ...] = (3, 4, 6, 3)):
        super().__init__()
        self.layers = self.LAYERS[: len(blocks)]
        inputs = scaled(64, width)
        self.conv1, self.bn1 = conv_bn(3, inputs, 7, stride=2)
        for index, (blocks, (planes, stride, first, dilation)) in enumerate(zip(blocks, self.layers)):
            planes = scaled(planes, width)
            layer = [Bottleneck(inputs, planes, stride, first, 1 if index == 0 else 3)]
            layer += [Bottleneck(4 * planes, planes, 1, dilation, None) for _ in range(blocks - 1)]
            self.add_module(f"layer{index + 1}", nn.Sequential(*layer))
            inputs = 4 * planes
        self.channels = [4 * scaled(planes, width) for planes, *_ in self.layers[1:]]

    def forward(self, x):
        x = self.layer1(F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1))
        maps = []
        for layer in range(2, len(self.layers) + 1):
            x = getattr(self, f"layer{layer}")(x)
            maps.append(x)
        return maps
