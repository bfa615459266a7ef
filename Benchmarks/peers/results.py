"""The table for people and the CSV for the repository."""

import csv
import datetime
import functools
import re
import subprocess
from pathlib import Path

import numpy as np

from . import machine
from .cases import ROOT, Material
from .rounds import Rounds, ratio


@functools.cache
def commit() -> str:
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=10"], cwd=ROOT, capture_output=True, text=True
        )
        return found.stdout.strip() or "unknown"
    except OSError:
        return "unknown"


def rows(material: Material, rounds: Rounds, contenders: dict, deviations: dict, about: dict, surroundings: dict) -> list:
    """One row a peer."""
    ours, peaks = rounds.milliseconds("trackbench"), np.array(rounds.peaks)
    work = 2 * material.multiply_adds / 1e6

    def of_peak(times):
        return float(np.median(work / times / (peaks * rounds.threads)) * 100)

    listed = []
    for name, contender in contenders.items():
        if name == "trackbench":
            continue
        found, theirs = ratio(rounds, name), rounds.milliseconds(name)
        listed.append(
            {
                "network": material.case.name, "threads": rounds.threads, "peer": name, "peer_version": contender.version,
                "ratio_median": f"{found.median:.3f}", "ratio_min": f"{found.least:.3f}", "ratio_p25": f"{found.low:.3f}",
                "ratio_p75": f"{found.high:.3f}", "ratio_max": f"{found.most:.3f}", "rounds": found.rounds,
                "undisturbed_rounds": found.undisturbed, "clock": rounds.clock,
                "ours_ms_median": f"{np.median(ours):.3f}", "ours_ms_min": f"{ours.min():.3f}",
                "peer_ms_median": f"{np.median(theirs):.3f}", "peer_ms_min": f"{theirs.min():.3f}",
                "gmac": f"{material.multiply_adds / 1e9:.3f}", "peak_gflops_median": f"{np.median(peaks):.1f}",
                "ours_percent_of_peak": f"{of_peak(ours):.0f}", "peer_percent_of_peak": f"{of_peak(theirs):.0f}",
                "ours_deviation": f"{deviations['trackbench']:.1e}", "peer_deviation": f"{deviations[name]:.1e}",
                "weights": material.weights_name, "ours_version": contenders["trackbench"].version, "commit": commit(),
                "kernels": about["kernels"], "blas": about["blas"], **surroundings, "cpu": machine.cpu(),
                "cores": machine.cores(), "vectors": machine.vector_width(),
                "date": datetime.date.today().isoformat(),
            }  # fmt: skip
        )
    return listed


def write(listed: list[dict], path: Path) -> None:
    """Whole, after every network, so that an interrupted run leaves what it has."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, listed[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)


def default_path(kind: str) -> Path:
    """Named after the machine and what was measured."""
    slug = re.sub(r"[^a-z0-9]+", "-", machine.cpu().lower()).strip("-")
    return ROOT / "Benchmarks" / "results" / f"{slug}-{machine.cores()}-cores-{kind}.csv"


def table(listed: list[dict]) -> str:
    """Ratios, one line a network and number of threads."""
    peers = list(dict.fromkeys(row["peer"] for row in listed))
    header = ["network", "threads", "ours ms", *peers, "of peak", "deviation", "load"]
    lines = [header]
    for network, threads in dict.fromkeys((row["network"], row["threads"]) for row in listed):
        chosen = {row["peer"]: row for row in listed if (row["network"], row["threads"]) == (network, threads)}
        first = next(iter(chosen.values()))
        cells = [
            f"{row['ratio_median'][:-1]} [{row['ratio_p25'][:-1]}, {row['ratio_p75'][:-1]}] min {row['ratio_min'][:-1]}"
            if (row := chosen.get(peer))
            else ""
            for peer in peers
        ]
        lines.append(
            [network, str(threads), first["ours_ms_median"][:-1], *cells, first["ours_percent_of_peak"] + " %",
             first["ours_deviation"], first["load_after"]]
        )  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)
