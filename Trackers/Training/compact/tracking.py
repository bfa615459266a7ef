"""A tracking loop over drawn scenes, to see early whether a training leads anywhere. Scores that count come from trackbench itself.

As the trackers: sections on init and track of pysot's, siamban's and siamfc-pytorch's trackers; without SiamBAN-ACM's larger search.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import torch

from .crops import EXEMPLAR, context_side, cut
from .drawn import Scenes
from .losses import anchors, grid
from .recipes import Recipe


@dataclass
class Numbers:
    penalty: float = 0.1
    window: float = 0.35
    rate: float = 0.4


def _tensor(picture: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1))[None]).float()


def _change(ratio):
    return np.maximum(ratio, 1 / ratio)


def _extent(w, h):
    q = (w + h) * 0.5
    return np.sqrt((w + q) * (h + q))


class BoxTracker:
    """The family of pysot."""

    def __init__(self, network, recipe: Recipe, numbers: Numbers, instance: int = 255):
        self.network, self.recipe, self.numbers, self.instance = network, recipe, numbers, instance
        self.side = recipe.map_side(instance)
        hann = np.hanning(self.side)
        self.window = np.outer(hann, hann)

    def start(self, frame, box):
        rule = self.recipe.rule
        self.state = rule.target(box)
        self.border = rule.border(frame.mean((0, 1), dtype=np.float64))
        square = rule.square(*self.state[:2], context_side(*self.state[2:]))
        prior = torch.from_numpy((self.state[2:] * EXEMPLAR / square[2]).astype(np.float32))[None]
        self.template = self.network.template(_tensor(cut(frame, square, EXEMPLAR, self.border)), prior)

    def candidates(self, crop):
        """Scores and boxes: n and n x 4, relative to the crop's middle."""
        scores, maps = (m[0].numpy().astype(np.float64) for m in self.network.track(_tensor(crop), self.template))
        points = grid(self.side)
        if len(scores) == 2:
            score = 1 / (1 + np.exp(scores[0] - scores[1]))
            x1, y1 = points[..., 0] - maps[0], points[..., 1] - maps[1]
            x2, y2 = points[..., 0] + maps[2], points[..., 1] + maps[3]
            boxes = np.stack([(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1], -1)
            return score.ravel(), boxes.reshape(-1, 4), self.window.ravel()
        shapes = anchors()[:, :, None, None]
        score = 1 / (1 + np.exp(scores[:5] - scores[5:]))
        d = maps.reshape(4, 5, self.side, self.side)
        boxes = np.stack([
            d[0] * shapes[:, 0] + points[None, ..., 0], d[1] * shapes[:, 1] + points[None, ..., 1],
            np.exp(d[2]) * shapes[:, 0], np.exp(d[3]) * shapes[:, 1],
        ], -1)  # fmt: skip
        return score.ravel(), boxes.reshape(-1, 4), np.tile(self.window.ravel(), 5)

    def track(self, frame):
        n, (w, h) = self.numbers, self.state[2:]
        context = context_side(w, h)
        scale = EXEMPLAR / context
        square = self.recipe.rule.square(*self.state[:2], context * (self.instance / EXEMPLAR))
        score, boxes, window = self.candidates(cut(frame, square, self.instance, self.border))
        size = _change(_extent(boxes[:, 2], boxes[:, 3]) / _extent(w * scale, h * scale))
        shape = _change((w / h) / (boxes[:, 2] / boxes[:, 3]))
        penalty = np.exp(-(size * shape - 1) * n.penalty)
        best = int((penalty * score * (1 - n.window) + window * n.window).argmax())
        box, rate = boxes[best] / scale, penalty[best] * score[best] * n.rate
        middle = np.clip(self.state[:2] + box[:2], 0, [frame.shape[1], frame.shape[0]])
        size = np.maximum(10, np.minimum(self.state[2:] * (1 - rate) + box[2:] * rate, [frame.shape[1], frame.shape[0]]))
        self.state = np.concatenate([middle, size])
        return self.recipe.rule.annotation(self.state)


class ScaleTracker:
    """SiamFC: three scales, one response each."""

    def __init__(self, network, recipe: Recipe, numbers=None, instance: int = 255):
        self.network, self.recipe, self.instance = network, recipe, instance
        hann = np.hanning(272)
        self.window = np.outer(hann, hann) / np.outer(hann, hann).sum()
        self.factors = 1.0375 ** np.array([-1.0, 0, 1])

    def start(self, frame, box):
        rule = self.recipe.rule
        self.state = rule.target(box)
        self.border = rule.border(frame.mean((0, 1), dtype=np.float64))
        self.context = context_side(*self.state[2:])
        square = rule.square(*self.state[:2], self.context)
        self.template = self.network.template(_tensor(cut(frame, square, EXEMPLAR, self.border)[:, :, ::-1]))

    def track(self, frame):
        rule, base = self.recipe.rule, self.context * self.instance / EXEMPLAR
        crops = [cut(frame, rule.square(*self.state[:2], base * f), self.instance, self.border)[:, :, ::-1] for f in self.factors]
        maps = self.network.track(torch.cat([_tensor(c) for c in crops]), self.template)[:, 0].numpy()
        maps = np.stack([cv2.resize(m, (272, 272), interpolation=cv2.INTER_CUBIC) for m in maps])
        maps[[0, 2]] *= 0.9745
        k = int(maps.max((1, 2)).argmax())
        response = maps[k] - maps[k].min()
        response = 0.824 * response / (response.sum() + 1e-16) + 0.176 * self.window
        row, column = np.unravel_index(int(response.argmax()), response.shape)
        move = (np.array([column, row]) - 135.5) * 8 / 16 * base * self.factors[k] / self.instance
        growth = 0.41 + 0.59 * self.factors[k]
        self.state = np.concatenate([self.state[:2] + move, self.state[2:] * growth])
        self.context *= growth
        return rule.annotation(self.state)


def overlap(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """IoU row by row of boxes x, y, w, h."""
    w = np.minimum(a[:, 0] + a[:, 2], b[:, 0] + b[:, 2]) - np.maximum(a[:, 0], b[:, 0])
    h = np.minimum(a[:, 1] + a[:, 3], b[:, 1] + b[:, 3]) - np.maximum(a[:, 1], b[:, 1])
    inside = np.maximum(w, 0) * np.maximum(h, 0)
    return inside / (a[:, 2] * a[:, 3] + b[:, 2] * b[:, 3] - inside)


@torch.no_grad()
def success(network, recipe: Recipe, scenes: Scenes, numbers: Numbers | None = None, limit: int | None = None) -> list[float]:
    """Area under the success curve of each sequence, at thresholds 0, 0.05 to 1."""
    kind = ScaleTracker if recipe.rule.is_siamfc else BoxTracker
    tracker = kind(network.eval(), recipe, numbers or Numbers())
    values = []
    for sequence in range(min(scenes.sequences, limit or scenes.sequences)):
        first, last = scenes.starts[sequence], scenes.starts[sequence + 1]
        tracker.start(scenes.frames[first], scenes.boxes[first])
        found = [scenes.boxes[first]] + [tracker.track(scenes.frames[i]) for i in range(first + 1, last)]
        iou = overlap(np.array(found), scenes.boxes[first:last])
        values.append(float(np.mean([(iou > t).mean() for t in np.linspace(0, 1, 21)])))
    return values
