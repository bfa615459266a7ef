"""Writes down what PyTorch makes of finished weights, for trackbench's test that its own networks make the same of them.

    python outputs.py            # all files of Sources/BundledWeights/Weights

The input follows from a rule: channel c of row y, column x is (7x + 13y + 29c + xy div 16) mod 256; the prior is 60 x 68.
"""

import hashlib
import json
import sys
from pathlib import Path

import torch

from compact import weights
from compact.recipes import RECIPES

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "Sources" / "BundledWeights" / "Weights"
OUTPUTS = ROOT / "Tests" / "BundledWeightsTests" / "Outputs"


def crop(side: int) -> torch.Tensor:
    line = torch.arange(side)
    y, x, c = line[:, None], line[None, :], torch.arange(3)[:, None, None]
    return ((7 * x + 13 * y + 29 * c + x * y // 16) % 256).double()[None]


@torch.no_grad()
def expected(tracker: str, file: Path) -> dict:
    recipe = RECIPES[tracker]
    network = weights.read(recipe.build(), file).double()
    state = network.template(crop(127), torch.tensor([[60.0, 68.0]], dtype=torch.float64))
    maps = network.track(crop(recipe.tracking), state)
    named = {"response": maps} if torch.is_tensor(maps) else dict(zip(("cls", "loc"), maps))
    content = {}
    for name, values in named.items():
        flat = values.flatten()
        step = max(1, len(flat) // 97)
        content[name] = {
            "shape": list(values.shape), "largest": float(flat.abs().max()), "step": step,
            "values": [float(f"{v:.9g}") for v in flat[::step]],
        }  # fmt: skip
    return {"instance": recipe.tracking, "sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "maps": content}


def main() -> int:
    for file in sorted(WEIGHTS.glob("*.safetensors")):
        OUTPUTS.mkdir(parents=True, exist_ok=True)
        (OUTPUTS / f"{file.stem}.json").write_text(json.dumps(expected(file.stem, file)) + "\n")
        print(file.stem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
