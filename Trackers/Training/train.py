"""Trains compact weights of one tracker on scenes that trackbench draws.

    python train.py siamban-acm --trackbench ../../.build/release/trackbench

Draws the scenes (once), trains, and writes WORK/siamban-acm/siamban-acm.safetensors. The same command again goes on where a stopped one was.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import torch

from compact import drawn, weights
from compact.optimize import train
from compact.pairs import Augmentation, Pairs
from compact.recipes import RECIPES, TRAINING_SEED


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tracker", choices=sorted(RECIPES))
    parser.add_argument("--work", type=Path, default=Path("work"), help="scenes and checkpoints")
    parser.add_argument("--trackbench", help="the program that draws the scenes; without it they must be there")
    parser.add_argument("--sequences", type=int, default=325, help="scenes to train on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--iterations", type=int, help="another length than the recipe's")
    parser.add_argument("--name", help="folder below WORK; the tracker's name where left out")
    parser.add_argument("--start", type=Path, help="checkpoint of another training, taken over where it fits")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    recipe = RECIPES[options.tracker]
    if options.iterations:
        recipe = replace(recipe, iterations=options.iterations)
    scenes = options.work / "scenes"
    if options.trackbench:
        drawn.export(options.trackbench, scenes, TRAINING_SEED, options.sequences)
    pairs = Pairs(drawn.load(scenes), recipe.rule, Augmentation(), options.seed)
    print(f"{len(pairs.usable)} sequences", flush=True)
    folder = options.work / (options.name or options.tracker)
    folder.mkdir(parents=True, exist_ok=True)

    network = train(recipe, pairs, options.seed, folder, options.start, say=lambda line: print(line, flush=True))
    file = folder / f"{options.tracker}.safetensors"
    note = {
        "tracker": options.tracker, "seed": str(options.seed), "sequences": str(len(pairs.usable)),
        "iterations": str(recipe.iterations), "data": "scenes drawn by trackbench",
    }  # fmt: skip
    weights.write(network, file, note)
    print(f"{file}: {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
