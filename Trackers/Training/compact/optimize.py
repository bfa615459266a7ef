"""The loop: AdamW, a rate that rises and falls, checkpoints that a stopped training goes on from."""

import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .pairs import Pairs
from .recipes import Recipe


def initialise(network: nn.Module) -> None:
    """First weights that suit bytes: the first convolution sees 0 to 255, and boxes begin at a target's usual size."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d) and module.in_channels == 3:
            with torch.no_grad():
                # Mostly differences between pixels; small, so that the batch norm's variance fits half precision.
                module.weight -= 0.9 * module.weight.mean((1, 2, 3), keepdim=True)
                module.weight /= 16
        if name.startswith("head.") and name.endswith(".loc.head.3"):
            nn.init.constant_(module.bias, math.log(30))


def rate(recipe: Recipe, iteration: int) -> float:
    """Rises over the first twentieth, then falls along a cosine to nothing."""
    rise = max(1, recipe.iterations // 20)
    if iteration < rise:
        return recipe.rate * (iteration + 1) / rise
    return recipe.rate * 0.5 * (1 + math.cos(math.pi * (iteration - rise) / max(1, recipe.iterations - rise)))


def pictures(pictures: np.ndarray, device) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2))).to(device).float()


def train(recipe: Recipe, pairs: Pairs, seed: int, folder: Path, start: Path | None = None, say=print) -> nn.Module:
    """Trains to the end, from the folder's checkpoint where there is one.

    start: a checkpoint of another training, of which every tensor that fits is taken over.
    """
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = recipe.build()
    initialise(network)
    if start is not None:
        taken = torch.load(start, weights_only=True)["network"]
        own = network.state_dict()
        kept = {k: v for k, v in taken.items() if k in own and own[k].shape == v.shape}
        network.load_state_dict(kept, strict=False)
        say(f"{len(kept)} of {len(own)} tensors taken over from {start}")
    network.to(device).train()
    groups = [
        {"params": [p for p in network.parameters() if p.dim() > 1], "weight_decay": 1e-3},
        {"params": [p for p in network.parameters() if p.dim() <= 1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=recipe.rate)
    checkpoint, log = folder / "checkpoint.pt", folder / "loss.jsonl"
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True, map_location=device)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["iteration"]
        say(f"going on after iteration {first}")
    begun, sums, count = time.monotonic(), {}, 0
    for iteration in range(first, recipe.iterations):
        for group in optimizer.param_groups:
            group["lr"] = rate(recipe, iteration)
        instance = recipe.instance(iteration)
        batch = pairs.batch(iteration, recipe.batch, instance, recipe.map_side(instance) // 2 * 8)
        state = network.template(pictures(batch.templates, device), torch.from_numpy(batch.priors).to(device))
        outputs = network.track(pictures(batch.searches, device), state)
        labels = recipe.loss.labels(batch.boxes, batch.positive, recipe.map_side(instance))
        parts = recipe.loss(outputs, [None if label is None else label.to(device) for label in labels])
        optimizer.zero_grad(set_to_none=True)
        parts["loss"].backward()
        norm = nn.utils.clip_grad_norm_(network.parameters(), 10.0)
        if torch.isfinite(norm):
            optimizer.step()
        for key, value in parts.items():
            sums[key] = sums.get(key, 0.0) + float(value.detach())
        count += 1
        done = iteration + 1
        if done % 20 == 0 or done == recipe.iterations:
            means = {key: round(value / count, 4) for key, value in sums.items()}
            left = (time.monotonic() - begun) / (done - first) * (recipe.iterations - done)
            shown = "  ".join(f"{key} {value:.3f}" for key, value in means.items())
            say(f"{recipe.tracker} seed {seed}  {done}/{recipe.iterations}  {shown}  {left / 60:.1f} min left")
            with log.open("a") as file:
                file.write(json.dumps({"iteration": done, **means}) + "\n")
            sums, count = {}, 0
        if done % 100 == 0 or done == recipe.iterations:
            _save(checkpoint, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "iteration": done})
    return network.eval().cpu()


def _save(path: Path, content) -> None:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(content, part)
    part.rename(path)
