"""The two AlexNets: SiamFC's and pysot's. No padding anywhere, eight pixels a step."""

from torch import nn

from .parts import scaled


class AlexNetV1(nn.Module):
    """SiamFC's: groups in three convolutions, and an eps of 1e-6 in the batch norms (not PyTorch's default).

    Source: huanglianghua/siamfc-pytorch, siamfc/backbones.py. A picture of 127 gives 6 x 6, one of 255 gives 22 x 22.
    """

    def __init__(self, width: float = 1.0):
        super().__init__()
        c1, c2, c3, c4, c5 = (scaled(c, width) for c in (96, 256, 384, 384, 256))
        if any(c % 2 for c in (c1, c2, c3, c4, c5)):
            raise ValueError(f"width {width} gives odd counts of channels, which two groups cannot share")

        def stage(inputs, outputs, kernel, stride=1, groups=1, pooled=False):
            layers = [
                nn.Conv2d(inputs, outputs, kernel, stride, groups=groups),
                nn.BatchNorm2d(outputs, eps=1e-6),
                nn.ReLU(inplace=True),
            ]
            return nn.Sequential(*layers, *([nn.MaxPool2d(3, 2)] if pooled else []))

        self.conv1 = stage(3, c1, 11, stride=2, pooled=True)
        self.conv2 = stage(c1, c2, 5, groups=2, pooled=True)
        self.conv3 = stage(c2, c3, 3)
        self.conv4 = stage(c3, c4, 3, groups=2)
        self.conv5 = nn.Sequential(nn.Conv2d(c4, c5, 3, groups=2))
        self.channels = c5

    def forward(self, x):
        return self.conv5(self.conv4(self.conv3(self.conv2(self.conv1(x)))))


class AlexNet(nn.Module):
    """pysot's: a bias and a batch norm at every convolution, pooling before ReLU, no ReLU at the end.

    Source: STVIR/pysot, pysot/models/backbone/alexnet.py, under the keys of the published files (`features.N`).
    A picture of 127 gives 6 x 6, one of 287 gives 26 x 26.
    """

    def __init__(self, width: float = 1.0):
        super().__init__()
        c1, c2, c3, c4, c5 = (scaled(c, width) for c in (96, 256, 384, 384, 256))

        def relu():
            return nn.ReLU(inplace=True)

        def normed(inputs, outputs, kernel, stride=1):
            return [nn.Conv2d(inputs, outputs, kernel, stride), nn.BatchNorm2d(outputs)]

        self.features = nn.Sequential(
            *normed(3, c1, 11, 2), nn.MaxPool2d(3, 2), relu(),
            *normed(c1, c2, 5), nn.MaxPool2d(3, 2), relu(),
            *normed(c2, c3, 3), relu(),
            *normed(c3, c4, 3), relu(),
            *normed(c4, c5, 3),
        )  # fmt: skip
        self.channels = c5

    def forward(self, x):
        return self.features(x)
