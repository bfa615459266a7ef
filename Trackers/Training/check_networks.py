"""Compares the networks of this folder with the authors' own, from the goldens: keys, shapes, rule weights, outputs.

    python check_networks.py [GOLDENS] [WEIGHTS]

GOLDENS is the folder golden/models, WEIGHTS that of the published files; by default below $TRACKBENCH_SHARED, else ../shared beside
the checkout. Exits with 1 where a key, a shape or a weight differs or an output is further off than the goldens' tolerances allow.
"""

import json
import os
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from networks import build, load, read_tensors, rule_weights

# Of the largest magnitude of the tensor.
FLOAT64_LIMIT = 1e-6
FLOAT32_LIMIT = 2e-5

RULE_NETWORKS = [
    ("siamrpn", "siamrpn-alexnet", {}),
    ("siamrpn++", "siamrpnpp-resnet50/vot", {}),
    ("siamrpn++-mean", "siamrpnpp-resnet50/otb", {}),
    ("siamrpn++", "siamrpnpp-resnet50/lt", {"channels": [128, 256, 512]}),
    ("siamrpn++-mobilenet", "siamrpnpp-mobilenetv2", {}),
    ("siamban", "siamban-resnet50/vot", {}),
    ("siamban-acm", "siambanacm-resnet50", {}),
]


def deviation(found: torch.Tensor, wanted: torch.Tensor) -> float:
    return float((found.double() - wanted.double()).abs().max() / wanted.double().abs().max())


def picture(crop: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    return crop.permute(2, 0, 1)[None].to(dtype)


def check_weights(tensors: dict, golden: Path) -> None:
    listed = json.loads((golden / "state_dict.json").read_text())["tensors"]
    keys = {entry["key"] for entry in listed}
    assert keys == set(tensors), f"keys differ: {sorted(keys ^ set(tensors))[:5]}"
    for entry in listed:
        found = tensors[entry["key"]]
        assert list(found.shape) == entry["shape"], entry["key"]
        if "first4" not in entry:
            continue
        first = torch.tensor(entry["first4"], dtype=torch.float32)
        assert torch.equal(found.flatten()[:4], first), entry["key"]
        assert abs(float(found.double().sum()) - entry["sum"]) <= 1e-9 * max(1, abs(entry["sum"])), entry["key"]


@torch.no_grad()
def check_rule(name: str, golden: Path, options: dict) -> float:
    network = build(name, **options).eval()
    tensors = rule_weights(network)
    check_weights(tensors, golden)
    load(network, tensors)
    wanted = load_file(golden / "network.safetensors")
    crops = {key: value for key, value in wanted.items() if value.dtype == torch.uint8}
    template, search = sorted(crops.values(), key=lambda crop: crop.shape[0])
    worst = 0.0
    for dtype, limit in ((torch.float64, FLOAT64_LIMIT), (torch.float32, FLOAT32_LIMIT)):
        network.to(dtype)
        prior = wanted["template_bbox"].reshape(1, 4).to(dtype) if "template_bbox" in wanted else None
        state = network.template(picture(template, dtype), prior)
        outputs = network.track(picture(search, dtype), state)
        off = [deviation(found[0], wanted[key].reshape(found[0].shape)) for found, key in zip(outputs, ("cls", "loc"))]
        print(f"{golden.parent.name}/{golden.name} {dtype}: cls {off[0]:.1e}, loc {off[1]:.1e}".replace("torch.", ""))
        if max(off) > limit:
            raise AssertionError(f"{name}: {max(off):.1e} is more than {limit:.0e}")
        worst = max(worst, *off)
    return worst


@torch.no_grad()
def check_published(name: str, weights: Path, golden: Path) -> float:
    network = load(build(name), read_tensors(weights)).eval()
    crops, wanted = load_file(golden / "crops.safetensors"), load_file(golden / "outputs_f64.safetensors")
    worst = 0.0
    for dtype, limit in ((torch.float64, 1e-9), (torch.float32, 3e-5)):
        network.to(dtype)
        largest = 0.0
        for case, entry in enumerate(json.loads((golden / "cases.json").read_text())["cases"]):
            state = network.template(picture(crops[f"z{case}"], dtype))
            if name == "siamfc":
                search = torch.cat([picture(crops[f"x{case}_scale{k}"], dtype) for k in entry["scales"]])
                found = network.track(search, state)
                largest = max(largest, deviation(found, wanted[f"response{case}"].reshape(found.shape)))
            else:
                cls, loc = network.track(picture(crops[f"x{case}"], dtype), state)
                largest = max(largest, deviation(cls, wanted[f"cls{case}"].reshape(cls.shape)))
                largest = max(largest, deviation(loc, wanted[f"loc{case}"].reshape(loc.shape)))
        print(f"{golden.name} {dtype}: {largest:.1e}".replace("torch.", ""))
        if largest > limit:
            raise AssertionError(f"{name}: {largest:.1e} is more than {limit:.0e}")
        worst = max(worst, largest)
    return worst


def main() -> int:
    beside = Path(__file__).resolve().parents[3] / "shared"
    shared = Path(os.environ.get("TRACKBENCH_SHARED", beside))
    goldens = Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "golden" / "models"
    published = Path(sys.argv[2]) if len(sys.argv) > 2 else shared / "data" / "weights"
    if not goldens.is_dir():
        print(f"skipped: no goldens at {goldens}", file=sys.stderr)
        return 0
    worst = 0.0
    for name, folder, options in RULE_NETWORKS:
        worst = max(worst, check_rule(name, goldens / folder, options))
    for name, file, folder in (
        ("siamfc", "siamfc-3s-color.pth", "siamfc"), ("nanotrack-v3", "nanotrackv3.pth", "nanotrack-v3"),
    ):  # fmt: skip
        if (published / file).is_file():
            worst = max(worst, check_published(name, published / file, goldens / folder))
        else:
            print(f"skipped: {file} is not in {published}", file=sys.stderr)
    print(f"largest deviation: {worst:.1e}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
