"""The trackers' networks by name."""

from functools import partial

from torch import nn

from .alexnet import AlexNet, AlexNetV1
from .heads import Level, MultiLevelHead, Neck
from .mobilenet import MobileNetV2
from .nanotrack import NanoTrack
from .paired import CORRELATIONS, PairedUnit
from .parts import full_correlation
from .resnet import ResNet50
from .units import AsymmetricUnit, DepthwiseUnit

ANCHORS = 5


class SiamFC(nn.Module):
    """One response map; `out_scale` is the published network's 0.001."""

    def __init__(self, width: float = 1.0, out_scale: float = 0.001):
        super().__init__()
        self.backbone = AlexNetV1(width)
        self.out_scale = out_scale

    def template(self, z, prior=None):
        return self.backbone(z)

    def track(self, x, state):
        return full_correlation(self.backbone(x), state) * self.out_scale


class SiamFCACM(nn.Module):
    """SiamFC with an asymmetric convolution in place of the correlation: an extension of ours, no published weights."""

    def __init__(self, width: float = 1.0):
        super().__init__()
        self.backbone = AlexNetV1(width)
        self.head = AsymmetricUnit(self.backbone.channels, 1, side=6, adjusted=False)

    def template(self, z, prior):
        return self.head.template(self.backbone(z), prior)

    def track(self, x, state):
        return self.head(self.backbone(x), state)


class SiamRPN(nn.Module):
    """10 and 20 maps: channel t * 5 + a for classes, g * 5 + a for dx, dy, dw, dh of anchor a."""

    def __init__(self, width: float = 1.0):
        super().__init__()
        self.backbone = AlexNet(width)
        self.rpn_head = Level(DepthwiseUnit, self.backbone.channels, 2 * ANCHORS, 4 * ANCHORS)

    def template(self, z, prior=None):
        return self.rpn_head.template(self.backbone(z), prior)

    def track(self, x, state):
        return self.rpn_head(self.backbone(x), state)


class MultiLevelNetwork(nn.Module):
    """A deep backbone, a neck, and a head over three levels: SiamRPN++, SiamBAN and SiamBAN-ACM."""

    def __init__(self, backbone: nn.Module, channels: list[int], head: str, unit, weighted: bool):
        super().__init__()
        self.backbone = backbone
        self.neck = Neck(backbone.channels, channels)
        self.head_name = head
        if head == "rpn_head":
            self.rpn_head = MultiLevelHead(unit, channels, "rpn", 2 * ANCHORS, 4 * ANCHORS, weighted, scaled=False)
        else:
            self.head = MultiLevelHead(unit, channels, "box", 2, 4, weighted, scaled=True)

    @property
    def levels(self) -> MultiLevelHead:
        return getattr(self, self.head_name)

    def template(self, z, prior=None):
        return self.levels.template(self.neck(self.backbone(z)), prior)

    def track(self, x, state):
        return self.levels(self.neck(self.backbone(x)), state)


def _multi(backbone, head, unit, width, channels, blocks, weighted=True):
    backbone = backbone(width) if blocks is None else backbone(width, tuple(blocks))
    channels = 256 if channels is None else channels
    levels = [channels] * len(backbone.channels) if isinstance(channels, int) else list(channels)
    return MultiLevelNetwork(backbone, levels, head, unit, weighted)


def _single(network, width, channels, blocks):
    if channels is not None or blocks is not None:
        raise ValueError("this network has no neck and no blocks: its width alone decides its channels")
    return network(width)


def _mobile(width, channels, blocks):
    return _multi(MobileNetV2, "rpn_head", DepthwiseUnit, 1.4 * width, channels, blocks, weighted=False)


def _nanotrack(width, channels, blocks):
    if width != 1 or channels is not None or blocks is not None:
        raise ValueError("NanoTrack has one width only")
    return NanoTrack()


_BUILDERS = {
    "siamfc": partial(_single, SiamFC),
    "siamfc-acm": partial(_single, SiamFCACM),
    "siamrpn": partial(_single, SiamRPN),
    "siamrpn++": partial(_multi, ResNet50, "rpn_head", DepthwiseUnit),
    "siamrpn++-mean": partial(_multi, ResNet50, "rpn_head", DepthwiseUnit, weighted=False),
    "siamrpn++-mobilenet": _mobile,
    "siamrpn++-acm": partial(_multi, ResNet50, "rpn_head", AsymmetricUnit),
    "siamban": partial(_multi, ResNet50, "head", DepthwiseUnit),
    "siamban-acm": partial(_multi, ResNet50, "head", AsymmetricUnit),
    **{
        f"paired-{kind}": partial(_multi, ResNet50, "head", partial(PairedUnit, correlation=kind)) for kind in CORRELATIONS
    },
    "nanotrack-v3": _nanotrack,
}

NAMES = tuple(_BUILDERS)


def build(
    name: str, width: float = 1.0, channels: int | list[int] | None = None, blocks: list[int] | None = None
) -> nn.Module:
    """A tracker's network.

    name: one of NAMES. width: factor on the backbone's channels, results truncated; 1 is the published network
    (MobileNetV2: the published 1.4). channels: of the neck and the head, one number or one a level; 256 are published, and networks without
    a neck take none. blocks: of each of the ResNet's layers, (3, 4, 6, 3) in the published network; three numbers leave layer 4 and its
    level out.
    """
    if name not in _BUILDERS:
        raise ValueError(f"no network {name!r}; there are {', '.join(NAMES)}")
    return _BUILDERS[name](width=width, channels=channels, blocks=blocks)
