"""Peak memory of each contender in a process of its own, after three runs; what a process has after its imports alone is told beside it."""

import datetime
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy

from . import machine, results
from .cases import CASES, missing, prepare
from .contenders import Trackbench, exported

# Kept free of PyTorch, whose libraries alone are hundreds of megabytes.
ALONE = {
    "onnxruntime": """
import onnxruntime
begin()
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
run = lambda: session.run(None, {"crops": crops})
""",
    "openvino": """
import openvino
begin()
core = openvino.Core()
request = core.compile_model(core.read_model(model), "CPU",
    {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
request.set_input_tensor(openvino.Tensor(crops))
run = request.infer
""",
}

FRAME = """
import json, sys
import numpy
model, crops = sys.argv[1], numpy.load(sys.argv[2])
def peak():
    # Not getrusage, which begins with the size of the process that started this one.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
def begin():
    global before
    before = peak()
{body}
for _ in range(3): run()
print(json.dumps([before, peak()]))
"""


#: Options under which ours is measured.
OURS = ["", "--conv direct", "--gemm openblas"]


def peak_of(process: int) -> int:
    """MiB of a running process, its own account: that of getrusage begins with the size of this one."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024
    return 0


def measure(names: list[str] | None, binary: Path | None, ours: str, path: Path) -> None:
    print("peak memory in MiB after three runs with one thread; in brackets after the imports alone\n")
    listed = []
    for case in CASES:
        if names and case.network not in names:
            continue
        if absent := missing(case):
            print(f"skipped: {case.name}, no {absent.name} in {absent.parent}", file=sys.stderr)
            continue
        row, shown = {"network": case.name}, []
        with tempfile.TemporaryDirectory(prefix="trackbench-") as name:
            folder = Path(name)
            material = prepare(case, folder)
            crops = folder / "crops.npy"
            numpy.save(crops, material.crops.numpy())
            model = exported(material, folder)
            for peer, body in ALONE.items():
                command = [sys.executable, "-c", FRAME.replace("{body}", body), str(model), str(crops)]
                before, peak = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                row[f"{peer}_mib"] = peak
                shown.append(f"{peer} {peak} [{before}]")
            for mode in OURS:
                contender = Trackbench(material, 1, folder, binary, [*mode.split(), *ours.split()])
                for _ in range(3):
                    contender.run()
                peak = peak_of(contender.process.pid)
                contender.close()
                row["_".join(["trackbench", *mode.strip("-").split(), "mib"])] = peak
                shown.append(f"trackbench {mode}".strip() + f" {peak}")
        row |= {f"{peer}_version": version(peer) for peer in ALONE}
        row |= {
            "commit": "of another binary" if binary else results.commit(), "cpu": machine.cpu(),
            "date": datetime.date.today().isoformat(),
        }  # fmt: skip
        listed.append(row)
        results.write(listed, path)
        print(f"{case.name}: " + ", ".join(shown), flush=True)
    if listed:
        print(f"\nwritten to {path}")
