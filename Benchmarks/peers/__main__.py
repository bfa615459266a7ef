"""Runs the comparison: prints ratios, writes a CSV."""

import argparse
import gc
import sys
import tempfile
from pathlib import Path

import torch

from . import machine, memory, results
from .cases import CASES, missing, prepare
from .contenders import PEERS, Trackbench, deviation
from .rounds import take_turns

#: Below this a run is so short that more of them are needed.
SHORT = 50.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="Benchmarks/run.sh", description=__doc__)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="threads of every contender (default: 1 2)")
    parser.add_argument("--networks", nargs="+", choices=[case.network for case in CASES], help="only these")
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), help="only these; ratios are to ours")
    parser.add_argument("--rounds", type=int, help="at least this many (default: 10, 30 below 50 ms)")
    parser.add_argument("--seconds", type=float, default=180, help="stop looking for undisturbed rounds after this long")
    parser.add_argument("--ours", default="", help="further options of `trackbench speed`, in one word")
    parser.add_argument("--binary", type=Path, help="another trackbench")
    parser.add_argument("--output", type=Path, help="CSV file (default: below results, named after the machine)")
    parser.add_argument("--memory", action="store_true", help="instead: peak memory of each contender alone")
    return parser.parse_args()


def compare(case, threads: int, options: argparse.Namespace, folder: Path) -> list[dict]:
    torch.set_num_threads(machine.cores())
    material = prepare(case, folder)
    contenders = {"trackbench": Trackbench(material, threads, folder, options.binary, options.ours.split())}
    ours = contenders["trackbench"]
    try:
        for name, kind in PEERS.items():
            wanted = name in options.peers if options.peers else threads > 1 or not getattr(kind, "spins", False)
            if wanted:
                contenders[name] = kind(material, threads, folder)
        torch.set_num_threads(threads)
        deviations = {}
        for name, contender in contenders.items():
            # Twice: the first run of some compiles or allocates.
            contender.run()
            first = contender.run()
            deviations[name] = deviation(contender, material)
            if not deviations[name] <= case.limit:
                raise SystemExit(
                    f"{case.name}: {name} is {deviations[name]:.1e} off float64, more than {case.limit:.0e}; not timed"
                )
            if name == "trackbench":
                least = options.rounds or (30 if first.cpu < SHORT else 10)
        off = abs(ours.about["multiply_adds"] / material.multiply_adds - 1)
        if off > 0.02:
            print(f"{case.name}: trackbench counts {off:.0%} other multiplications", file=sys.stderr)

        load, steal = machine.load(), machine.steal()
        reference = "onnxruntime" if "onnxruntime" in contenders else next(n for n in contenders if n != "trackbench")
        rounds = take_turns(contenders, ours.peak, threads, least, 3 * least, options.seconds, reference)
        surroundings = {
            "load_before": f"{load:.2f}", "load_after": f"{machine.load():.2f}",
            "steal_seconds": f"{machine.steal() - steal:.2f}",
            "ours_load_seconds": f"{ours.about['load_seconds']:.2f}",
            "ours_peak_mib": ours.ask("memory")["peak_bytes"] >> 20,
        }  # fmt: skip
        if options.binary:
            # The checkout's commit says nothing about it.
            surroundings["commit"] = "of another binary"
        return results.rows(material, rounds, contenders, deviations, ours.about, surroundings)
    finally:
        for contender in contenders.values():
            contender.close()


def main() -> None:
    options = arguments()
    kind = "memory" if options.memory else f"{'-'.join(map(str, options.threads))}-threads"
    path = options.output or results.default_path(kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Asked before anything is measured: the checkout may move on.
    results.commit()
    if options.memory:
        return memory.measure(options.networks, options.binary, options.ours, path)
    listed = []
    for threads in options.threads:
        if threads > machine.cores():
            print(f"{threads} threads: this machine has {machine.cores()} cores; left out", file=sys.stderr)
            continue
        for case in CASES:
            if options.networks and case.network not in options.networks:
                continue
            if absent := missing(case):
                print(f"skipped: {case.name}, no {absent.name} in {absent.parent}", file=sys.stderr)
                continue
            with tempfile.TemporaryDirectory(prefix="trackbench-") as folder:
                found = compare(case, threads, options, Path(folder))
            listed += found
            results.write(listed, path)
            print(results.table(found), flush=True)
            gc.collect()
    print("\ntime of the peer / time of ours, median of the rounds' ratios [quartiles]\n")
    print(results.table(listed))
    print(f"\nwritten to {path}")
    if listed and max(float(row["load_after"]) for row in listed) > machine.cores() + 1:
        print("warning: other work was running; with one thread processor times were compared", file=sys.stderr)


if __name__ == "__main__":
    main()
