"""Squares and crops exactly as the trackers cut them while they track, so that training sees what tracking will see.

Pictures are h x w x 3 bytes, blue, green, red. A target is (cx, cy, w, h) in the tracker's own reading of an annotation: pysot's family
takes OTB's numbers as if counted from 0 and puts the middle at x + w/2; SiamFC counts from 1 and puts it at x - 1 + (w - 1)/2. Both
give the same numbers back, so either reading is consistent with itself.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

EXEMPLAR = 127
CONTEXT = 0.5


@dataclass(frozen=True)
class Rule:
    """In what the two families differ when they cut."""

    is_siamfc: bool = False

    def target(self, box) -> np.ndarray:
        """Annotation x, y, w, h (counted from 1) as middle and size."""
        x, y, w, h = (float(v) for v in box)
        if self.is_siamfc:
            return np.array([x - 1 + (w - 1) / 2, y - 1 + (h - 1) / 2, w, h])
        return np.array([x + w / 2, y + h / 2, w, h])

    def annotation(self, target) -> np.ndarray:
        """The inverse of `target`."""
        cx, cy, w, h = target
        if self.is_siamfc:
            return np.array([cx + 1 - (w - 1) / 2, cy + 1 - (h - 1) / 2, w, h])
        return np.array([cx - w / 2, cy - h / 2, w, h])

    def square(self, cx: float, cy: float, size: float) -> tuple[int, int, int]:
        """left, top, side of the square of that size around a middle."""
        side = max(1, round(size))
        if self.is_siamfc:
            half = np.float32((side - 1) / 2)
            return round(float(np.float32(cx) - half)), round(float(np.float32(cy) - half)), side
        half = (side + 1) / 2
        return math.floor(cx - half + 0.5), math.floor(cy - half + 0.5), side

    def border(self, means) -> np.ndarray:
        """What stands for pixels outside the picture: the mean colour, rounded by SiamFC, truncated by pysot."""
        return np.clip(np.rint(means) if self.is_siamfc else np.trunc(means), 0, 255).astype(np.uint8)


def context_side(w: float, h: float) -> float:
    """Side of the square with the target and its surroundings (s_z)."""
    margin = CONTEXT * (w + h)
    return math.sqrt((w + margin) * (h + margin))


def cut(picture: np.ndarray, square: tuple[int, int, int], side: int, border: np.ndarray) -> np.ndarray:
    """The square's pixels, those outside in the border's colour, resized to side x side."""
    left, top, size = square
    height, width = picture.shape[:2]
    x0, x1 = min(max(left, 0), width), min(max(left + size, 0), width)
    y0, y1 = min(max(top, 0), height), min(max(top + size, 0), height)
    if (x0, y0, x1, y1) == (left, top, left + size, top + size):
        patch = picture[y0:y1, x0:x1]
    else:
        patch = np.empty((size, size, 3), np.uint8)
        patch[:] = border
        patch[y0 - top : y1 - top, x0 - left : x1 - left] = picture[y0:y1, x0:x1]
    return patch if size == side else cv2.resize(np.ascontiguousarray(patch), (side, side))
