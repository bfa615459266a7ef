"""Contenders taking turns, and what follows from their times.

All run in one session, one after the other, with a pause between them; the order moves on by one from round to round, so that
nobody always follows the same neighbour. A ratio is formed within a round, where both met the same machine.
"""

import time
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from .contenders import Times

PAUSE = 0.003
#: A run whose wall time is further above its processor time was interrupted.
INTERRUPTED = 1.1


@dataclass
class Rounds:
    """Times by contender, one a round, and the multiply-add peak of each round in GFLOP/s."""

    threads: int
    times: dict[str, list[Times]] = field(default_factory=dict)
    peaks: list[float] = field(default_factory=list)

    @property
    def clock(self) -> str:
        """Processor time with one thread, which others on the machine do not lengthen; wall time with more."""
        return "cpu" if self.threads == 1 else "wall"

    def milliseconds(self, name: str) -> np.ndarray:
        return np.array([getattr(times, self.clock) for times in self.times[name]])

    def undisturbed(self, *names: str) -> np.ndarray:
        """Rounds in which none of these was interrupted; with several threads that cannot be seen from their times."""
        if self.threads > 1:
            return np.ones(len(self.peaks), bool)
        return np.array(
            [
                all(self.times[name][index].wall <= INTERRUPTED * self.times[name][index].cpu + 0.05 for name in names)
                for index in range(len(self.peaks))
            ]
        )


def take_turns(contenders: dict, peak, threads: int, least: int, most: int, seconds: float, reference: str) -> Rounds:
    """At least `least` rounds, and up to `most` until as many were undisturbed for `reference` and ours, or `seconds` are over."""
    rounds = Rounds(threads, {name: [] for name in contenders})
    names = list(contenders)
    spinning = [name for name in names if name.endswith("spinning")]
    still = [name for name in names if name not in spinning]
    began = time.monotonic()
    for index in range(most):
        turn = index % len(still)
        rounds.peaks.append(peak())
        for name in still[turn:] + still[:turn] + spinning:
            time.sleep(PAUSE if not name.endswith("spinning") else 2 * PAUSE)
            rounds.times[name].append(contenders[name].run())
        # Spinning workers must be asleep before the next round's peak.
        time.sleep(10 * PAUSE if spinning else PAUSE)
        if index + 1 >= least:
            if rounds.undisturbed("trackbench", reference).sum() >= least or time.monotonic() - began > seconds:
                break
    return rounds


@dataclass(frozen=True)
class Ratio:
    """Time of a peer over ours: above 1, ours is faster."""

    median: float
    least: float
    low: float
    high: float
    most: float
    rounds: int
    undisturbed: int


def ratio(rounds: Rounds, peer: str) -> Ratio:
    """Over undisturbed rounds where there are at least five, else over all of them."""
    kept = rounds.undisturbed("trackbench", peer)
    used = kept if kept.sum() >= 5 else np.ones(len(kept), bool)
    ratios = (rounds.milliseconds(peer) / rounds.milliseconds("trackbench"))[used]
    low, high = np.percentile(ratios, [25, 75])
    return Ratio(
        float(median(ratios)), float(ratios.min()), float(low), float(high), float(ratios.max()), int(used.sum()),
        int(kept.sum()),
    )  # fmt: skip
