"""The tracker that never moves, as a result folder that `trackbench import` takes: what every tracker must beat.

    python static_box.py work/held-out work/static
    trackbench import work/static --dataset work/held-out --protocol ope
"""

import sys
from pathlib import Path


def main() -> int:
    scenes, results = Path(sys.argv[1]), Path(sys.argv[2])
    results.mkdir(parents=True, exist_ok=True)
    for truth in sorted(scenes.glob("*/groundtruth_rect.txt")):
        lines = truth.read_text().split()
        (results / f"{truth.parent.name}.txt").write_text("\n".join([lines[0]] * len(lines)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
