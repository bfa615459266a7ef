"""The programs that are compared. Each is made ready for a case and a number of threads, then asked to run once at a time."""

import json
import subprocess
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

from .cases import ROOT, Material


# Tracing asks for a batch's size once and keeps it, which is what is wanted here.
warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)
warnings.filterwarnings("ignore", category=DeprecationWarning)


@dataclass(frozen=True)
class Times:
    """Of one run, in milliseconds. `cpu` is that of all threads of the contender's process."""

    wall: float
    cpu: float


class InProcess:
    """A peer that runs in this process."""

    def run(self) -> Times:
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        self.forward()
        cpu, wall = time.process_time_ns() - cpu, time.perf_counter_ns() - wall
        return Times(wall / 1e6, cpu / 1e6)

    def close(self) -> None:
        pass


class Eager(InProcess):
    """PyTorch as users of the authors' code have it."""

    name = "pytorch eager"
    version = torch.__version__

    def __init__(self, material: Material, threads: int, folder: Path):
        torch.set_num_threads(threads)
        self.module, self.crops = material.branch, material.crops
        self.result = None

    def forward(self):
        with torch.inference_mode():
            self.result = self.module(self.crops)

    def outputs(self) -> list[np.ndarray]:
        result = self.result if isinstance(self.result, tuple) else (self.result,)
        return [value.numpy() for value in result]


class Frozen(Eager):
    """PyTorch traced, frozen and optimised for inference; stands for optimised PyTorch."""

    name = "pytorch frozen"

    def __init__(self, material: Material, threads: int, folder: Path):
        super().__init__(material, threads, folder)
        with torch.inference_mode(False), torch.no_grad():
            traced = torch.jit.trace(material.folded.eval(), material.crops, check_trace=False)
            self.module = torch.jit.optimize_for_inference(torch.jit.freeze(traced.eval()))

    def forward(self):
        with torch.no_grad():
            self.result = self.module(self.crops)


def exported(material: Material, folder: Path) -> Path:
    """The network as ONNX, opset 17, batch norms folded, what the template gave as constants."""
    path = folder / f"{material.case.network}.onnx"
    if not path.is_file():
        with torch.no_grad():
            torch.onnx.export(
                material.folded.eval(), (material.crops,), path, opset_version=17, input_names=["crops"],
                output_names=list(material.case.maps), do_constant_folding=True, dynamo=False,
            )  # fmt: skip
    return path


class OnnxRuntime(InProcess):
    """Without spinning, which in a shared process slows down whoever comes next."""

    name = "onnxruntime"
    spins = False

    def __init__(self, material: Material, threads: int, folder: Path):
        import onnxruntime

        self.version = onnxruntime.__version__
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "1" if self.spins else "0")
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            exported(material, folder), options, providers=["CPUExecutionProvider"]
        )
        self.inputs = {"crops": material.crops.numpy()}

    def forward(self):
        self.result = self.session.run(None, self.inputs)

    def outputs(self):
        return self.result


class SpinningOnnxRuntime(OnnxRuntime):
    """As it comes; its workers go on spinning after a run, so it sits last in every round."""

    name = "onnxruntime spinning"
    spins = True


class OpenVINO(InProcess):
    name = "openvino"

    def __init__(self, material: Material, threads: int, folder: Path):
        import openvino

        self.version = openvino.__version__.split("-")[0]
        core = openvino.Core()
        settings = {
            "INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32", "ENABLE_CPU_PINNING": False,
        }  # fmt: skip
        model = core.compile_model(core.read_model(exported(material, folder)), "CPU", settings)
        self.request = model.create_infer_request()
        self.request.set_input_tensor(openvino.Tensor(material.crops.numpy()))
        self.count = len(material.case.maps)

    def forward(self):
        self.request.infer()

    def outputs(self):
        return [np.array(self.request.get_output_tensor(index).data) for index in range(self.count)]


class Trackbench:
    """Ours, as a process of its own that runs when it is asked and measures itself."""

    name = "trackbench"

    def __init__(self, material: Material, threads: int, folder: Path, binary: Path | None = None, options=()):
        self.material, self.folder = material, folder
        command = [
            str(binary or ROOT / ".build" / "release" / "trackbench"), "speed", "--tracker", *material.case.tracker,
            "--weights", str(material.weights_path), "--on-request", str(material.crops_path), *options,
        ]  # fmt: skip
        command += ["--threads", str(threads)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.about = self.answer()
        self.version = self.about["version"]

    def ask(self, line: str) -> dict:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"trackbench ended with {self.process.wait()}")
        fields = json.loads(line)
        if "error" in fields:
            raise RuntimeError(f"trackbench: {fields['error']}")
        return fields

    def run(self) -> Times:
        fields = self.ask("run")
        return Times(fields["wall_ns"] / 1e6, fields["cpu_ns"] / 1e6)

    def peak(self) -> float:
        """GFLOP/s of multiplications with additions on one core, at this moment."""
        return self.ask("peak")["gflops"]

    def outputs(self):
        path = self.folder / "outputs.safetensors"
        self.ask(f"outputs {path}")
        maps = load_file(path)
        return [maps[name] for name in self.material.case.maps]

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


PEERS = {kind.name: kind for kind in (Eager, Frozen, OnnxRuntime, OpenVINO, SpinningOnnxRuntime)}


def deviation(contender, material: Material) -> float:
    """Largest difference from float64, of the largest value of each map."""
    worst = 0.0
    for found, wanted in zip(contender.outputs(), material.reference.values(), strict=True):
        difference = np.abs(found.reshape(wanted.shape).astype(np.float64) - wanted).max()
        worst = max(worst, float(difference / np.abs(wanted).max()))
    return worst
