"""What machine this is and how busy."""

import os
import platform
from pathlib import Path


def cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown CPU"


def cores() -> int:
    return len(os.sched_getaffinity(0))


def load() -> float:
    """Runnable processes, mean of the last minute."""
    return os.getloadavg()[0]


def steal() -> float:
    """Seconds that the host gave to others while a virtual core of this machine wanted to run, since boot, all cores together."""
    return int(Path("/proc/stat").read_text().split("\n", 1)[0].split()[8]) / os.sysconf("SC_CLK_TCK")


def vector_width() -> str:
    flags = Path("/proc/cpuinfo").read_text()
    return "avx512" if " avx512f" in flags else "avx2" if " avx2" in flags else "none"
