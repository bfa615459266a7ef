"""NanoTrack v3. Source: HonglinChu/SiamTrackers, NanoTrack/nanotrack/models/head/ban_v3.py and core/xcorr.py."""

import torch
from torch import nn

from .mobilenet import MobileNetV3
from .parts import conv_bn, depthwise_correlation


def projection(channels: int) -> nn.Sequential:
    return nn.Sequential(*conv_bn(channels, channels, 1, bias=True))


class ChannelAttention(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels, 1)
        self.fc2 = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        g = torch.relu(self.fc1(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.fc2(g))


class PixelwiseComparison(nn.Module):
    """One channel for each of the template's 64 places, weighed by attention, then narrowed from 16 x 16 to 15 x 15."""

    def __init__(self, channels: int, places: int = 64):
        super().__init__()
        self.conv_kernel = projection(channels)
        self.conv_search = projection(channels)
        self.CA_layer = ChannelAttention(places)
        self.conv = nn.Sequential(
            *conv_bn(places, places, 2, nn.ReLU6(), groups=places), *conv_bn(places, places, 1, bias=True)
        )

    def template(self, z):
        return self.conv_kernel(z)

    def forward(self, x, kernel):
        n, c, h, w = x.shape
        places = kernel.flatten(2).transpose(1, 2)
        x = torch.matmul(places, self.conv_search(x).flatten(2)).reshape(n, -1, h, w)
        return self.conv(self.CA_layer(x))


class DepthwiseComparison(nn.Module):
    """Depth-wise correlation with the template's central 4 x 4, zeros around the search features."""

    def __init__(self, channels: int):
        super().__init__()
        self.conv_kernel = projection(channels)
        self.conv_search = projection(channels)

    def template(self, z):
        return self.conv_kernel(z[:, :, 2:6, 2:6])

    def forward(self, x, kernel):
        return depthwise_correlation(self.conv_search(x), kernel, padding=1)


def tower(channels: int) -> nn.Sequential:
    """Six stages; no activation after the pointwise convolutions."""
    layers = []
    for _ in range(6):
        layers += conv_bn(channels, channels, 3, nn.ReLU6(), padding=1, groups=channels)
        layers += conv_bn(channels, channels, 1)
    return nn.Sequential(*layers)


class BoxHead(nn.Module):
    def __init__(self, channels: int = 96):
        super().__init__()
        for part in ("cls", "reg"):
            self.add_module(f"corr_pw_{part}", PixelwiseComparison(channels))
            self.add_module(f"corr_dw_{part}", DepthwiseComparison(channels))
            self.add_module(f"down_{part}", nn.Sequential(nn.Conv2d(64 + channels, channels, 1)))
        self.cls_tower, self.bbox_tower = tower(channels), tower(channels)
        self.cls_logits = nn.Sequential(nn.Conv2d(channels, 2, 1))
        self.bbox_pred = nn.Sequential(nn.Conv2d(channels, 4, 1))

    def template(self, z):
        return [
            (getattr(self, f"corr_pw_{part}").template(z), getattr(self, f"corr_dw_{part}").template(z))
            for part in ("cls", "reg")
        ]

    def compared(self, part: str, x, state):
        pixelwise, depthwise = state
        maps = [getattr(self, f"corr_pw_{part}")(x, pixelwise), getattr(self, f"corr_dw_{part}")(x, depthwise)]
        return getattr(self, f"down_{part}")(torch.cat(maps, 1))

    def forward(self, x, state):
        cls = self.cls_logits(self.cls_tower(self.compared("cls", x, state[0])))
        loc = self.bbox_pred(self.bbox_tower(self.compared("reg", x, state[1])))
        return cls, torch.exp(loc)


class NanoTrack(nn.Module):
    """2 and 4 maps of 15 x 15; distances in pixels of the search crop."""

    def __init__(self):
        super().__init__()
        self.backbone = MobileNetV3()
        self.ban_head = BoxHead()

    def template(self, z, prior=None):
        return self.ban_head.template(self.backbone(z))

    def track(self, x, state):
        return self.ban_head(self.backbone(x), state)
