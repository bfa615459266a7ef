"""A model card for one tracker's weights, from what its training left behind.

    python card.py siamban-acm --work work --scores scores.md > cards/siamban-acm.md
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from compact.recipes import HELD_OUT_SEED, RECIPES, TRAINING_SEED, VALIDATION_SEED


def curve(lines: list[dict]) -> str:
    """Ten rows of the losses' means."""
    keys = [key for key in lines[0] if key != "iteration"]
    rows = [f"| iteration | {' | '.join(keys)} |", "| ---: |" + " ---: |" * len(keys)]
    step = max(1, len(lines) // 10)
    for line in lines[step - 1 :: step]:
        rows.append(f"| {line['iteration']} | " + " | ".join(f"{line[key]:.3f}" for key in keys) + " |")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tracker", choices=sorted(RECIPES))
    parser.add_argument("--work", type=Path, default=Path("work"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scores", type=Path, help="a file with the score tables")
    parser.add_argument("--arguments", default="", help="further arguments of the training, for its command")
    options = parser.parse_args()
    recipe = RECIPES[options.tracker]
    folder = options.work / options.tracker
    file = folder / f"{options.tracker}.safetensors"
    lines = [json.loads(line) for line in (folder / "loss.jsonl").read_text().splitlines()]
    network = recipe.build()
    content = file.read_bytes()
    command = f"python train.py {options.tracker} --work work --trackbench ../../.build/release/trackbench {options.arguments}"
    print(f"""# {options.tracker}, compact

For demonstrations and regression tests. Trained by this project, on drawn scenes only; not the authors' weights.

| | |
| --- | --- |
| file | `{file.name}`, {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()} |
| network | `{options.tracker}`, {sum(p.numel() for p in network.parameters())} parameters, {recipe.network}; half precision |
| data | scenes drawn by `trackbench datasets export demo`, seeds from {TRAINING_SEED}; pairs of one sequence, any two frames |
| not trained on | the demo data set; seeds from {VALIDATION_SEED} (validation) and from {HELD_OUT_SEED} (held out) |
| training | {recipe.iterations} iterations of {recipe.batch} pairs, AdamW, rate {recipe.rate} rising and falling, seed {options.seed} |
| command | `{command.strip()}` |
| licence | the program's own |

## Loss, mean over the iterations before

{curve(lines)}

## Scores

{options.scores.read_text().strip() if options.scores else "see Reports"}

## Limits

It knows drawn figures and scenes of one generator, and few of them. On real pictures it is far behind what the authors publish. Crops, colour
order and pixel range are the tracker's own: bytes from 0 to 255, {"red, green, blue" if recipe.rule.is_siamfc else "blue, green, red"}.""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
