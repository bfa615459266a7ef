"""The published losses with the labels they want. Middles and sizes are in pixels of the search crop, relative to its middle."""

import numpy as np
import torch
import torch.nn.functional as F

STRIDE = 8
RATIOS = (0.33, 0.5, 1, 2, 3)


def grid(side: int) -> np.ndarray:
    """side x side x 2: x and y of each place of a map."""
    line = (np.arange(side) - side // 2) * float(STRIDE)
    return np.stack(np.meshgrid(line, line), -1)


def anchors() -> np.ndarray:
    """5 x 2: width and height, by pysot's double truncation (quirk Q2.12)."""
    shapes = []
    for ratio in RATIOS:
        width = int(np.sqrt(STRIDE * STRIDE / ratio))
        shapes.append((width * STRIDE, int(width * ratio) * STRIDE))
    return np.array(shapes, np.float64)


def _corners(boxes: np.ndarray) -> tuple:
    x, y, w, h = np.moveaxis(boxes, -1, 0)
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2


class BoxAdaptive:
    """SiamBAN: cross-entropy over places within the inner and beyond the outer ellipse, IoU loss at those within.

    The ellipses have half the box's axes and the whole ones; what lies between counts as neither.
    Source: hqucv/siamban, siamban/datasets/point_target.py, siamban/models/loss.py and iou_loss.py (linear).
    """

    def labels(self, boxes: np.ndarray, positive: np.ndarray, side: int):
        points = grid(side)
        centre, size = boxes[:, None, None, :2], boxes[:, None, None, 2:]
        away = (points[None] - centre) / size
        distance = (away**2).sum(-1)
        classes = np.where(distance <= 1 / 16, 1, np.where(distance > 1 / 4, 0, -1))
        # Something must be found in the smallest boxes too: the nearest place.
        nearest = distance.reshape(len(boxes), -1).argmin(1)
        classes.reshape(len(boxes), -1)[np.arange(len(boxes)), nearest] = 1
        classes[~positive] = 0
        left, top, right, bottom = _corners(boxes)
        x, y = points[..., 0][None], points[..., 1][None]
        sides = np.stack([
            x - left[:, None, None], y - top[:, None, None], right[:, None, None] - x, bottom[:, None, None] - y,
        ], -1)  # fmt: skip
        return torch.from_numpy(classes), torch.from_numpy(sides.astype(np.float32))

    def __call__(self, outputs, labels) -> dict[str, torch.Tensor]:
        (scores, sides), (classes, wanted) = outputs, labels
        parts = {"cls": _balanced(scores.permute(0, 2, 3, 1), classes)}
        chosen = (classes == 1) & (wanted.amin(-1) > 0)
        found, wanted = sides.permute(0, 2, 3, 1)[chosen], wanted[chosen]
        parts["loc"] = (1 - _iou_of_sides(found, wanted)).mean() if len(wanted) else sides.sum() * 0
        parts["loss"] = parts["cls"] + parts["loc"]
        return parts


def _iou_of_sides(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """IoU of two boxes around one place, given by the distances to their sides."""
    near = torch.minimum(a, b)
    inside = (near[:, 0] + near[:, 2]) * (near[:, 1] + near[:, 3])
    areas = [(v[:, 0] + v[:, 2]) * (v[:, 1] + v[:, 3]) for v in (a, b)]
    return inside / (areas[0] + areas[1] - inside + 1e-6)


HARDEST = 16
"""Places of background a pair, those taken most for a target, that make up half of the background's loss."""


def _balanced(scores: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Cross-entropy, half of it the mean over targets, half over background; scores: n x ... x 2, classes: n x ..., 1, 0, -1 for neither.

    A look-alike covers few of a map's places, and a mean over all of them hardly feels it: so the hardest places of each pair count as
    much as all others together. The papers draw 48 places instead; short trainings cannot afford so much that is easy.
    """
    scores, classes = scores.reshape(len(scores), -1, 2), classes.reshape(len(classes), -1)
    each = F.cross_entropy(scores.transpose(1, 2), classes.clamp(min=0).long(), reduction="none")
    background = torch.where(classes == 0, each, 0.0)
    easy = background.sum() / (classes == 0).sum().clamp(min=1)
    hard = background.topk(HARDEST, dim=1).values.mean()
    target = each[classes == 1].mean() if bool((classes == 1).any()) else easy * 0
    return 0.5 * target + 0.25 * easy + 0.25 * hard


class RegionProposal:
    """SiamRPN: cross-entropy over anchors of IoU above 0.6 and below 0.3, smooth L1 of the former's offsets.

    Source: STVIR/pysot, pysot/datasets/anchor_target.py, pysot/models/loss.py; weight 1.2 of the boxes from pysot/core/config.py.
    """

    def labels(self, boxes: np.ndarray, positive: np.ndarray, side: int):
        points, shapes = grid(side), anchors()
        x = np.broadcast_to(points[None, :, :, 0], (len(shapes), side, side))
        y = np.broadcast_to(points[None, :, :, 1], (len(shapes), side, side))
        w = np.broadcast_to(shapes[:, 0, None, None], x.shape)
        h = np.broadcast_to(shapes[:, 1, None, None], x.shape)
        cx, cy, bw, bh = (boxes[:, k, None, None, None] for k in range(4))
        offsets = np.stack([(cx - x) / w, (cy - y) / h, np.log(bw / w), np.log(bh / h)], -1)
        overlap_x = np.minimum(x + w / 2, cx + bw / 2) - np.maximum(x - w / 2, cx - bw / 2)
        overlap_y = np.minimum(y + h / 2, cy + bh / 2) - np.maximum(y - h / 2, cy - bh / 2)
        inside = np.maximum(overlap_x, 0) * np.maximum(overlap_y, 0)
        iou = inside / (w * h + bw * bh - inside)
        classes = np.where(iou > 0.6, 1, np.where(iou < 0.3, 0, -1))
        best = iou.reshape(len(boxes), -1).argmax(1)
        classes.reshape(len(boxes), -1)[np.arange(len(boxes)), best] = 1
        classes[~positive] = np.where(classes[~positive] == -1, -1, 0)
        return torch.from_numpy(classes), torch.from_numpy(offsets.astype(np.float32))

    def __call__(self, outputs, labels) -> dict[str, torch.Tensor]:
        (scores, offsets), (classes, wanted) = outputs, labels
        n, _, h, w = scores.shape
        count = len(RATIOS)
        parts = {"cls": _balanced(scores.reshape(n, 2, count, h, w).permute(0, 2, 3, 4, 1), classes)}
        chosen = classes == 1
        found = offsets.reshape(n, 4, count, h, w).permute(0, 2, 3, 4, 1)[chosen]
        far = F.smooth_l1_loss(found, wanted[chosen], reduction="sum", beta=0.1)
        parts["loc"] = far / max(1, len(found))
        parts["loss"] = parts["cls"] + 1.2 * parts["loc"]
        return parts


class Logistic:
    """SiamFC: logistic loss, half of its weight on places within 16 pixels of the target, half on the others.

    Source: huanglianghua/siamfc-pytorch, siamfc/losses.py and siamfc.py (`_create_labels`: r_pos 16).
    """

    def labels(self, boxes: np.ndarray, positive: np.ndarray, side: int):
        points = grid(side)
        near = np.abs(points[None] - boxes[:, None, None, :2]).sum(-1) <= 16
        near[~positive] = False
        return torch.from_numpy(near), None

    def __call__(self, outputs, labels) -> dict[str, torch.Tensor]:
        near = labels[0].float()
        weights = 0.5 * near / near.sum().clamp(min=1) + 0.5 * (1 - near) / (1 - near).sum().clamp(min=1)
        loss = (F.binary_cross_entropy_with_logits(outputs[:, 0], near, reduction="none") * weights).sum()
        return {"loss": loss}
