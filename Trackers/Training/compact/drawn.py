"""Drawn scenes as training material: exported by trackbench once, kept as one array of bytes."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np


@dataclass
class Scenes:
    """Frames of all sequences, one after the other, and what is known of each."""

    frames: np.ndarray
    """n x h x w x 3 bytes, blue, green, red; mapped from the disk."""
    boxes: np.ndarray
    """n x 4: x, y, width, height, counted from 1."""
    means: np.ndarray
    """n x 3: mean colour."""
    hidden: np.ndarray
    """n: at least half of the target is covered."""
    outside: np.ndarray
    """n: nothing of the target is inside the picture."""
    starts: np.ndarray
    """First frame of each sequence, and n."""

    @property
    def sequences(self) -> int:
        return len(self.starts) - 1


def export(trackbench: str, folder: Path, seed: int, count: int) -> None:
    """Draws sequences of `count` seeds from `seed` on, 25 at a time so that a stopped export goes on where it was."""
    for first in range(seed, seed + count, 25):
        whole = folder / f"{first}"
        if whole.is_dir():
            continue
        part = folder / f".{first}.part"
        subprocess.run(["rm", "-rf", str(part)], check=True)
        number = str(min(25, seed + count - first))
        subprocess.run(
            [trackbench, "datasets", "export", "demo", str(part), "--seed", str(first), "--sequences", number], check=True
        )
        part.rename(whole)


def _flags(folder: Path, name: str, count: int) -> np.ndarray:
    path = folder / f"{name}.tag"
    return np.loadtxt(path, dtype=int).astype(bool) if path.exists() else np.zeros(count, bool)


def _decoded(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """A sequence's pictures, mapped, and their mean colours; decoded the first time only."""
    frames, means = folder / "frames.npy", folder / "means.npy"
    if not frames.exists():
        pictures = [cv2.imread(str(path)) for path in sorted((folder / "img").glob("*.png"))]
        np.save(folder / "frames.part.npy", np.stack(pictures))
        (folder / "frames.part.npy").rename(frames)
    mapped = np.load(frames, mmap_mode="r")
    if not means.exists():
        np.save(means, np.stack([cv2.mean(frame)[:3] for frame in mapped]))
    return mapped, np.load(means)


def load(folder: Path) -> Scenes:
    """All sequences below `folder`, in the order of their names; the pictures of each are decoded once, ever."""
    found = folder.glob("**/groundtruth_rect.txt")
    truths = sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    if not truths:
        raise FileNotFoundError(f"no drawn sequences below {folder}")
    parts, boxes, hidden, outside, means, starts = [], [], [], [], [], [0]
    for truth in truths:
        frames, colour = _decoded(truth.parent)
        count = len(frames)
        parts.append(frames)
        boxes.append(np.loadtxt(truth, delimiter=",").reshape(count, 4))
        hidden.append(_flags(truth.parent, "occlusion", count))
        outside.append(_flags(truth.parent, "out_of_view", count))
        means.append(colour)
        starts.append(starts[-1] + count)
    return Scenes(
        Frames(parts, starts), np.concatenate(boxes), np.concatenate(means), np.concatenate(hidden),
        np.concatenate(outside), np.array(starts),
    )  # fmt: skip


class Frames:
    """Frames by number over several arrays."""

    def __init__(self, parts, starts):
        self.parts, self.starts = parts, np.array(starts)

    def __getitem__(self, index: int) -> np.ndarray:
        part = int(np.searchsorted(self.starts, index, side="right")) - 1
        return self.parts[part][index - self.starts[part]]
