"""Pairs of a template and a search crop from drawn scenes, with the papers' augmentations.

Of a pair's two frames, the template's shows the target at least half; the search crop's middle and scale are those of a tracker
that is somewhat off. A share of the pairs has a template of another sequence: there is nothing to find.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from .crops import EXEMPLAR, Rule, context_side, cut
from .drawn import Scenes


@dataclass(frozen=True)
class Augmentation:
    shift: float = 0.85
    """Largest shift of the search crop, as a share of how far its map reaches."""
    scale: float = 0.3
    """Largest change of scale of the search crop, as a logarithm; a tracker that errs must find back to the right size."""
    size: float = 0.1
    """Spread of the tracker's error in width and height."""
    negative: float = 0.25
    grey: float = 0.1
    colour: float = 0.1
    blur: float = 0.2


@dataclass
class Batch:
    templates: np.ndarray
    """n x 127 x 127 x 3 bytes."""
    searches: np.ndarray
    priors: np.ndarray
    """n x 2: the target's width and height in pixels of its template crop."""
    boxes: np.ndarray
    """n x 4: middle, relative to the search crop's, and size, in its pixels."""
    positive: np.ndarray


class Pairs:
    def __init__(self, scenes: Scenes, rule: Rule, augmentation: Augmentation, seed: int):
        self.scenes, self.rule, self.augmentation, self.seed = scenes, rule, augmentation, seed
        large = scenes.boxes[:, 2:].min(1) >= 8
        self.searchable = large & ~scenes.outside
        self.showing = self.searchable & ~scenes.hidden
        self.usable = [
            s for s in range(scenes.sequences) if self.showing[scenes.starts[s] : scenes.starts[s + 1]].sum() >= 2
        ]

    def batch(self, iteration: int, size: int, instance: int, reach: float) -> Batch:
        """The batch of an iteration: the same whenever it is asked for, so that a stopped training goes on as if it had not.

        reach: from the middle of a search crop to the last place of its map, in pixels.
        """
        random = np.random.default_rng([self.seed, iteration])
        pairs = [self._pair(random, instance, reach) for _ in range(size)]
        return Batch(*(np.stack(column) for column in zip(*pairs)))

    def _pick(self, random, sequence: int, mask) -> int:
        first, last = self.scenes.starts[sequence], self.scenes.starts[sequence + 1]
        return int(first + random.choice(np.flatnonzero(mask[first:last])))

    def _pair(self, random, instance: int, reach: float):
        a = self.augmentation
        sequence = int(random.choice(self.usable))
        search_at = self._pick(random, sequence, self.searchable)
        positive = random.random() >= a.negative
        other = sequence if positive else int(random.choice(self.usable))
        positive = positive or other == sequence
        template_at = self._pick(random, other, self.showing)

        flip = random.random() < 0.5
        z_frame, z_box = self._frame(template_at, flip)
        x_frame, x_box = self._frame(search_at, flip)
        target = self.rule.target(z_box)
        side = context_side(target[2], target[3])
        square = self.rule.square(target[0], target[1], side)
        template = cut(z_frame, square, EXEMPLAR, self.rule.border(self.scenes.means[template_at]))
        prior = target[2:] * (EXEMPLAR / square[2])

        truth = self.rule.target(x_box)
        believed = truth[2:] * np.exp(random.normal(0, a.size, 2)) * np.exp(random.uniform(-a.scale, a.scale))
        context = context_side(*believed)
        scale = EXEMPLAR / context
        reach *= a.shift * (1 if random.random() < 0.5 else 0.3)
        middle = truth[:2] - random.uniform(-reach, reach, 2) / scale
        square = self.rule.square(middle[0], middle[1], context * (instance / EXEMPLAR))
        # Outside is the colour of the sequence's first frame, whichever that is.
        search = cut(x_frame, square, instance, self.rule.border(self.scenes.means[template_at]))
        box = np.concatenate([(truth[:2] - middle) * scale, truth[2:] * scale])
        template, search = self._paint(random, template, search)
        return template, search, prior.astype(np.float32), box.astype(np.float32), np.bool_(positive)

    def _frame(self, index: int, flip: bool):
        frame, box = self.scenes.frames[index], self.scenes.boxes[index]
        if not flip:
            return frame, box
        # Columns count from 1, so column x becomes width + 1 - x.
        x = frame.shape[1] + 2 - box[0] - box[2]
        return frame[:, ::-1], np.array([x, box[1], box[2], box[3]])

    def _paint(self, random, template, search):
        a = self.augmentation
        if random.random() < a.grey:
            template, search = (cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR) for p in (template, search))
        common = random.uniform(1 - a.colour, 1 + a.colour, 3)
        light = random.uniform(1 - a.colour, 1 + a.colour) if random.random() < 0.5 else 1.0
        template, search = _gain(template, common), _gain(search, common * light)
        if random.random() < a.blur:
            search = cv2.filter2D(search, -1, _motion(random))
        if self.rule.is_siamfc:
            template, search = template[:, :, ::-1], search[:, :, ::-1]
        return template, search


def _gain(picture, factors):
    table = np.clip(np.arange(256)[:, None] * factors[None], 0, 255).round().astype(np.uint8)
    return cv2.LUT(picture, table[None])


def _motion(random) -> np.ndarray:
    """A streak of 3 to 9 pixels in any direction."""
    side = 2 * int(random.integers(1, 5)) + 1
    kernel = np.zeros((side, side), np.float32)
    angle, half = random.uniform(0, np.pi), side // 2
    for step in np.linspace(-half, half, 4 * side):
        kernel[round(half + step * np.sin(angle)), round(half + step * np.cos(angle))] = 1
    return kernel / kernel.sum()
