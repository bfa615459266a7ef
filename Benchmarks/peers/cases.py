"""The networks that are compared, with their weights and crops."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Trackers" / "Training"))

from networks import build, load, read_tensors, rule_weights  # noqa: E402
from networks.units import AsymmetricUnit  # noqa: E402


@dataclass(frozen=True)
class Case:
    """A row of the table."""

    name: str
    #: Of networks.build.
    network: str
    #: On trackbench's command line.
    tracker: list[str]
    search: int
    crops: int = 1
    #: The file of published weights that it needs; rule weights otherwise.
    published: str | None = None
    maps: tuple[str, ...] = ("cls", "loc")
    #: Largest deviation from float64, of the largest value, that any contender may have.
    limit: float = 2e-5


CASES = [
    Case(
        "SiamFC (3 scales)", "siamfc", ["siamfc"], 255, crops=3, published="siamfc-3s-color.pth", maps=("response",),
        limit=3e-5,
    ),
    Case("SiamRPN AlexNet", "siamrpn", ["siamrpn", "--preset", "vot"], 287),
    Case("SiamRPN++ ResNet-50", "siamrpn++", ["siamrpn++", "--preset", "vot"], 255),
    Case("SiamBAN ResNet-50", "siamban", ["siamban"], 255),
    Case("SiamBAN-ACM ResNet-50", "siamban-acm", ["siamban-acm"], 255),
    Case("SiamRPN++ MobileNetV2", "siamrpn++-mobilenet", ["siamrpn++", "--preset", "mobilenet"], 255),
    Case(
        "NanoTrack v3", "nanotrack-v3", ["nanotrack", "--preset", "v3"], 255, published="nanotrackv3.pth", limit=3e-5
    ),
]  # fmt: skip

#: Width and height of a target in its template crop.
TARGET = (72.0, 56.0)


def picture(count: int, side: int, seed: int) -> torch.Tensor:
    """Bytes as floats: soft spots under a little noise. What a network sees does not change what it costs."""
    generator = torch.Generator().manual_seed(seed)
    spots = F.interpolate(torch.rand(count, 3, 12, 12, generator=generator), (side, side), mode="bicubic")
    noise = torch.rand(count, 3, side, side, generator=generator)
    return (spots * 220 + noise * 35).round().clamp(0, 255)


class SearchBranch(nn.Module):
    """What is timed: search crops in, maps out, all that the template gave being constant."""

    def __init__(self, network: nn.Module, state):
        super().__init__()
        self.network = network
        self.state = state

    def forward(self, crops):
        return self.network.track(crops, self.state)


class FoldedFusion(nn.Module):
    """An asymmetric unit whose template term and batch norm are in the convolution: the best form a peer can be given."""

    def __init__(self, unit: AsymmetricUnit, term: torch.Tensor):
        super().__init__()
        norm, old = unit.xorr_activate[0], unit.xorr_search
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        self.fusion = nn.Conv2d(old.in_channels, old.out_channels, old.kernel_size)
        self.fusion.weight = nn.Parameter(old.weight * gain[:, None, None, None])
        self.fusion.bias = nn.Parameter((term.reshape(-1) - norm.running_mean) * gain + norm.bias)
        self.before, self.after, self.head = unit.conv_search, unit.xorr_activate[1:], unit.head

    def forward(self, x, term):
        return self.head(self.after(self.fusion(self.before(x))))


@dataclass
class Material:
    """A case made ready."""

    case: Case
    #: As the authors' code runs it.
    branch: SearchBranch
    #: With fusions folded; the same module where there are none.
    folded: SearchBranch
    template: torch.Tensor
    crops: torch.Tensor
    #: Maps in float64, by name.
    reference: dict[str, np.ndarray]
    weights_name: str
    weights_path: Path
    crops_path: Path
    #: Multiplications with an addition of one run, correlations left out.
    multiply_adds: int


def missing(case: Case) -> Path | None:
    """The file without which the case cannot be run, where it is not there."""
    path = weights_folder() / case.published if case.published else None
    return path if path and not path.is_file() else None


@torch.no_grad()
def prepare(case: Case, folder: Path) -> Material:
    """Network, weights and crops of a case; files for trackbench are written to `folder`."""
    network = build(case.network).eval()
    if case.published:
        weights_path, name = weights_folder() / case.published, case.published
        tensors = read_tensors(weights_path)
    else:
        tensors, weights_path, name = rule_weights(network), folder / f"{case.network}.safetensors", "rule"
        save_file(tensors, weights_path)
    load(network, tensors)

    template, crops = picture(1, 127, 1), picture(case.crops, case.search, 2)
    prior = torch.tensor([TARGET])
    crops_path = folder / f"{case.network}-crops.safetensors"
    save_file({"template": template, "search": crops, "target": prior[0].clone()}, crops_path)

    network.double()
    exact = SearchBranch(network, network.template(template.double(), prior.double()))(crops.double())
    exact = exact if isinstance(exact, tuple) else (exact,)
    network.float()
    state = network.template(template, prior)
    branch = SearchBranch(network, state)
    return Material(
        case, branch, fold(network, state), template, crops,
        {key: value.numpy() for key, value in zip(case.maps, exact, strict=True)},
        name, weights_path, crops_path, count(branch, crops),
    )  # fmt: skip


def weights_folder() -> Path:
    """Of published weights, which are not part of the repository."""
    return Path(os.environ.get("TRACKBENCH_SHARED") or ROOT.parent / "shared") / "data" / "weights"


def fold(network: nn.Module, state) -> SearchBranch:
    """A copy whose asymmetric units hold their template's term."""
    if not any(isinstance(module, AsymmetricUnit) for module in network.modules()):
        return SearchBranch(network, state)
    import copy

    network = copy.deepcopy(network)
    for key, (cls, loc) in zip(network.levels.names, state, strict=True):
        level = getattr(network.levels, key)
        level.cls, level.loc = FoldedFusion(level.cls, cls), FoldedFusion(level.loc, loc)
    return SearchBranch(network.eval(), state)


def count(branch: nn.Module, crops: torch.Tensor) -> int:
    """Multiplications of all convolutions and linear layers, as the direct algorithm does them."""
    total = 0

    def add(module, inputs, output):
        nonlocal total
        weights = module.weight
        positions = output.numel() // weights.shape[0]
        total += positions * weights.numel()

    hooks = [
        module.register_forward_hook(add) for module in branch.modules() if isinstance(module, (nn.Conv2d, nn.Linear))
    ]
    branch(crops)
    for hook in hooks:
        hook.remove()
    return total
