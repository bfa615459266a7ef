"""The MobileNetV2 of pysot's SiamRPN++ and the cut MobileNetV3-small of NanoTrack."""

import torch.nn.functional as F
from torch import nn

from .parts import conv_bn, scaled


class InvertedResidual(nn.Module):
    def __init__(self, inputs: int, outputs: int, expansion: int, stride: int, dilation: int):
        super().__init__()
        wide = inputs * expansion
        padding = dilation if dilation > 1 else 2 - stride
        # Layer 1 keeps its 1 x 1 convolution although it widens nothing.
        self.conv = nn.Sequential(
            *conv_bn(inputs, wide, 1, nn.ReLU6()),
            *conv_bn(wide, wide, 3, nn.ReLU6(), stride=stride, padding=padding, dilation=dilation, groups=wide),
            *conv_bn(wide, outputs, 1),
        )
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.is_residual else self.conv(x)


class MobileNetV2(nn.Module):
    """Gives the outputs of layers 3, 5 and 7. Source: STVIR/pysot, pysot/models/backbone/mobile_v2.py; published width 1.4."""

    # expansion, channels, blocks, stride, dilation of the first block, dilation of the others
    LAYERS = (
        (1, 16, 1, 1, 1, 1), (6, 24, 2, 2, 1, 1), (6, 32, 3, 2, 1, 1), (6, 64, 4, 1, 1, 2),
        (6, 96, 3, 1, 2, 2), (6, 160, 3, 1, 2, 4), (6, 320, 1, 1, 4, 4),
    )  # fmt: skip

    def __init__(self, width: float = 1.4):
        super().__init__()
        inputs = scaled(32, width)
        self.layer0 = nn.Sequential(*conv_bn(3, inputs, 3, nn.ReLU6(), stride=2))
        for index, (expansion, outputs, blocks, stride, first, dilation) in enumerate(self.LAYERS):
            outputs = scaled(outputs, width)
            layer = [InvertedResidual(inputs, outputs, expansion, stride, first)]
            layer += [InvertedResidual(outputs, outputs, expansion, 1, dilation) for _ in range(blocks - 1)]
            self.add_module(f"layer{index + 1}", nn.Sequential(*layer))
            inputs = outputs
        self.channels = [scaled(self.LAYERS[index][1], width) for index in (2, 4, 6)]

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(self.layer0(x))))
        x5 = self.layer5(self.layer4(x))
        return [x, x5, self.layer7(self.layer6(x5))]


class SqueezeExcitation(nn.Module):
    def __init__(self, channels: int, hidden: int):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(channels, hidden), nn.ReLU(), nn.Linear(hidden, channels), nn.Hardsigmoid())

    def forward(self, x):
        return x * self.fc(x.mean((2, 3)))[:, :, None, None]


class SqueezedResidual(nn.Module):
    def __init__(self, inputs, hidden, outputs, kernel, stride, squeezed, activation):
        super().__init__()
        gate = SqueezeExcitation(hidden, squeezed) if squeezed else nn.Identity()
        depthwise = conv_bn(hidden, hidden, kernel, stride=stride, padding=(kernel - 1) // 2, groups=hidden)
        if inputs == hidden:
            # Here, and only here, the gate comes after the activation.
            layers = [*depthwise, activation(), gate]
        else:
            layers = [*conv_bn(inputs, hidden, 1, activation()), *depthwise, gate, activation()]
        self.conv = nn.Sequential(*layers, *conv_bn(hidden, outputs, 1))
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.is_residual else self.conv(x)


class MobileNetV3(nn.Module):
    """NanoTrack's: 8 x 8 for 127, 16 x 16 for 255. Source: HonglinChu/SiamTrackers, NanoTrack/nanotrack/models/backbone/mobile_v3.py."""

    # hidden, channels, kernel, stride, squeezed, activation
    BLOCKS = (
        (16, 16, 3, 2, 8, nn.ReLU), (72, 24, 3, 2, None, nn.ReLU), (88, 24, 3, 1, None, nn.ReLU),
        (96, 40, 5, 2, 24, nn.Hardswish), (240, 40, 5, 1, 64, nn.Hardswish), (240, 40, 5, 1, 64, nn.Hardswish),
        (120, 48, 5, 1, 32, nn.Hardswish), (144, 48, 5, 1, 40, nn.Hardswish), (288, 96, 5, 1, 72, nn.Hardswish),
    )  # fmt: skip

    def __init__(self, blocks: int = 9):
        super().__init__()
        features = [nn.Sequential(*conv_bn(3, 16, 3, nn.Hardswish(), stride=2, padding=1))]
        inputs = 16
        for hidden, outputs, kernel, stride, squeezed, activation in self.BLOCKS[:blocks]:
            features.append(SqueezedResidual(inputs, hidden, outputs, kernel, stride, squeezed, activation))
            inputs = outputs
        self.features = nn.Sequential(*features)
        self.channels = inputs

    def forward(self, x):
        return self.features(x)
