"""Depth-wise correlation against asymmetric convolution: two networks of equal size and budget, several seeds, and a table.

    python correlations.py --work work --scenes work/validation --seeds 1 2 3

Trains `paired-depthwise` and `paired-asymmetric` (networks/paired.py) with each seed, from the weights that --start names where it is
given, and examines on scenes nobody trained on what the paper claims: success, with all scenes and with those that have look-alikes;
how clean the boundary of the found target is; how many channels take part. A stopped study goes on with the same command.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from compact import drawn
from compact.optimize import pictures, train
from compact.pairs import Augmentation, Pairs
from compact.recipes import RECIPES
from compact.tracking import success
from networks.paired import CORRELATIONS

EXAMINED = 24
"""Batches of eight pairs that boundaries and channels are measured on."""


def distracting(scenes: Path) -> list[bool]:
    """Whether each scene has look-alikes of its target."""
    truths = sorted(scenes.glob("**/groundtruth_rect.txt"))
    return ["DIST" in (truth.parent / "attributes.txt").read_text().strip().split(",") for truth in truths]


@torch.no_grad()
def examine(network, recipe, pairs: Pairs) -> dict[str, float]:
    """Boundary and channels, over pairs that show their target.

    boundary: places with a score between 0.25 and 0.75, as a share of those above 0.5; a clean edge has few.
    channels: how many channels take part, (sum of energies)^2 / sum of squared energies, as a share of all; the energy of a channel is its
    variance over places and pairs, after batch norm and ReLU; mean of the levels' classification units.
    """
    network.eval()
    between = above = 0
    units = [getattr(network.levels, name).cls for name in network.levels.names]
    energies = [[] for _ in units]
    for iteration in range(EXAMINED):
        batch = pairs.batch(iteration, recipe.batch, recipe.tracking, recipe.map_side(recipe.tracking) // 2 * 8)
        templates = network.neck(network.backbone(pictures(batch.templates, "cpu")))
        searches = network.neck(network.backbone(pictures(batch.searches, "cpu")))
        state = network.levels.template(templates, torch.from_numpy(batch.priors))
        scores = torch.softmax(network.levels(searches, state)[0], 1)[:, 1]
        between += int(((scores > 0.25) & (scores < 0.75)).sum())
        above += int((scores > 0.5).sum())
        for unit, x, (own, _), kept in zip(units, searches, state, energies):
            kept.append(unit.fused(x, own).transpose(0, 1).flatten(1))
    shares = []
    for kept in energies:
        energy = torch.cat(kept, 1).var(1)
        shares.append(float(energy.sum() ** 2 / (energy**2).sum() / len(energy)))
    return {"boundary": between / max(1, above), "channels": float(np.mean(shares))}


def interval(values: np.ndarray, seed: int = 1) -> tuple[float, float]:
    """95 % of the means when the scenes are drawn again."""
    random = np.random.default_rng(seed)
    means = values[random.integers(0, len(values), (10_000, len(values)))].mean(1)
    return tuple(np.percentile(means, [2.5, 97.5]))


def measure(options, kind: str, seed: int) -> dict:
    """One training and what it gives; kept in a file, so that it is done once."""
    name = f"paired-{kind}-{seed}"
    kept = options.work / f"{name}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    recipe = RECIPES[f"paired-{kind}"]
    if options.iterations:
        recipe = replace(recipe, iterations=options.iterations)
    pairs = Pairs(drawn.load(options.work / "scenes"), recipe.rule, Augmentation(), seed)
    folder = options.work / name
    folder.mkdir(parents=True, exist_ok=True)
    network = train(recipe, pairs, seed, folder, options.start, say=lambda line: print(line, flush=True))
    scenes = drawn.load(options.scenes)
    found = examine(network, recipe, Pairs(scenes, recipe.rule, Augmentation(negative=0), seed))
    found["success"] = success(network, recipe, scenes)
    found["parameters"] = sum(p.numel() for p in network.parameters())
    kept.write_text(json.dumps(found))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=Path("work"), help="scenes and checkpoints")
    parser.add_argument("--scenes", type=Path, required=True, help="scenes nobody trained on")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--iterations", type=int, help="another length than the recipe's")
    parser.add_argument("--start", type=Path, help="checkpoint of another training, taken over by both where it fits")
    options = parser.parse_args()
    torch.set_num_threads(1)
    lookalikes = np.array(distracting(options.scenes))
    print("| correlation | seed | success | low | high | with look-alikes | boundary | active channels | parameters |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    every = {kind: [] for kind in CORRELATIONS}
    for seed in options.seeds:
        for kind in CORRELATIONS:
            found = measure(options, kind, seed)
            values = np.array(found["success"])
            every[kind].append(values)
            low, high = interval(values)
            print(
                f"| {kind} | {seed} | {values.mean():.3f} | {low:.3f} | {high:.3f} | {values[lookalikes].mean():.3f} | "
                f"{found['boundary']:.3f} | {found['channels']:.3f} | {found['parameters']} |",
                flush=True,
            )
    difference = np.mean(every["asymmetric"], 0) - np.mean(every["depthwise"], 0)
    for name, chosen in (("all scenes", difference), ("with look-alikes", difference[lookalikes])):
        low, high = interval(chosen)
        print(f"asymmetric minus depth-wise, {name} ({len(chosen)}): {chosen.mean():+.3f} [{low:+.3f}, {high:+.3f}]")
    return 0


if __name__ == "__main__":
    sys.exit(main())
