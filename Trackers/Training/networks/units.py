"""How template and search features meet: depth-wise correlation, or SiamBAN-ACM's asymmetric convolution."""

from torch import nn

from .parts import conv_bn, depthwise_correlation


class DepthwiseUnit(nn.Module):
    """Compares channel by channel; the template's 5 x 5 slides over the search's map.

    Source: STVIR/pysot, pysot/models/head/rpn.py, DepthwiseXCorr. A search map of side s gives s - 2 - 4 for a 7 x 7 template.
    """

    def __init__(self, channels: int, outputs: int):
        super().__init__()
        self.conv_kernel = nn.Sequential(*conv_bn(channels, channels, 3, nn.ReLU(inplace=True)))
        self.conv_search = nn.Sequential(*conv_bn(channels, channels, 3, nn.ReLU(inplace=True)))
        self.head = nn.Sequential(
            *conv_bn(channels, channels, 1, nn.ReLU(inplace=True)), nn.Conv2d(channels, outputs, 1)
        )

    def template(self, z, prior):
        return self.conv_kernel(z)

    def forward(self, x, kernel):
        return self.head(depthwise_correlation(self.conv_search(x), kernel))


class AsymmetricUnit(nn.Module):
    """A convolution over template, search window and box prior together, split into three sums: only the search's is done on every
    frame, and all that a template gives is one number a channel.

    `prior` is the target's width and height in pixels of the template crop, without any normalisation; of four numbers
    (the authors' middle, width and height) the last two are read.

    Source: wencheng256/SiamBAN-ACM, siamban/models/head/ban.py. `side` is that of the template's features; without `adjusted`
    features are fused as they come (SiamFC-ACM, an extension of ours).
    """

    def __init__(self, channels: int, outputs: int, side: int = 7, adjusted: bool = True):
        super().__init__()
        fused = side - 2 if adjusted else side
        if adjusted:
            self.conv_kernel = nn.Sequential(*conv_bn(channels, channels, 3, nn.ReLU(inplace=True)))
            self.conv_search = nn.Sequential(*conv_bn(channels, channels, 3, nn.ReLU(inplace=True)))
        else:
            self.conv_kernel = self.conv_search = None
        self.xorr_search = nn.Conv2d(channels, channels, fused, bias=False)
        self.xorr_kernel = nn.Conv2d(channels, channels, fused)
        self.xorr_bbox = nn.Sequential(
            nn.Linear(2, 32), nn.BatchNorm1d(32), nn.ReLU(),
            nn.Linear(32, 32), nn.BatchNorm1d(32), nn.ReLU(),
            nn.Linear(32, channels, bias=False),
        )  # fmt: skip

        def padded(outputs):
            return nn.Conv2d(channels, outputs, 3, padding=1)

        self.xorr_activate = nn.Sequential(
            nn.BatchNorm2d(channels), nn.ReLU(), padded(channels), nn.BatchNorm2d(channels), nn.ReLU()
        )
        self.head = nn.Sequential(padded(channels), nn.BatchNorm2d(channels), nn.ReLU(), padded(outputs))

    def template(self, z, prior):
        if prior is None:
            raise ValueError("an asymmetric unit needs the target's width and height in the template crop")
        if self.conv_kernel is not None:
            z = self.conv_kernel(z)
        return self.xorr_kernel(z) + self.xorr_bbox(prior[:, -2:])[:, :, None, None]

    def forward(self, x, term):
        if self.conv_search is not None:
            x = self.conv_search(x)
        return self.head(self.xorr_activate(self.xorr_search(x) + term))
