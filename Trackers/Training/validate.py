"""Tracks drawn scenes nobody trained on with a checkpoint or with finished weights, and prints each sequence's success.

    python validate.py siamban-acm work/siamban-acm/checkpoint.pt --scenes work/validation
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

from compact import drawn, weights
from compact.recipes import RECIPES
from compact.tracking import Numbers, success


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tracker", choices=sorted(RECIPES))
    parser.add_argument("weights", type=Path, help="checkpoint.pt of a training, or a .safetensors file")
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first sequences")
    parser.add_argument("--penalty", type=float, default=Numbers.penalty)
    parser.add_argument("--window", type=float, default=Numbers.window)
    parser.add_argument("--rate", type=float, default=Numbers.rate)
    options = parser.parse_args()
    torch.set_num_threads(1)
    recipe = RECIPES[options.tracker]
    network = recipe.build()
    if options.weights.suffix == ".pt":
        network.load_state_dict(torch.load(options.weights, weights_only=True, map_location="cpu")["network"])
    else:
        weights.read(network, options.weights)
    numbers = Numbers(options.penalty, options.window, options.rate)
    values = success(network, recipe, drawn.load(options.scenes), numbers, options.limit)
    print(" ".join(f"{value:.3f}" for value in values))
    print(f"success {np.mean(values):.4f} over {len(values)} sequences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
