#!/usr/bin/env bash
# The one command: trackbench against PyTorch, ONNX Runtime and OpenVINO on this machine. Arguments go on to peers/__main__.py.
# $TRACKBENCH_PYTHON names a Python that has the packages of requirements.txt; without it they are installed below .build.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)

if [ ! -x "$root/.build/release/trackbench" ]; then
  (cd "$root" && Scripts/setup.sh && swift build -c release --product trackbench)
fi

python=${TRACKBENCH_PYTHON:-}
if [ -z "$python" ]; then
  python=$root/.build/benchmarks/bin/python
  if [ ! -x "$python" ]; then
    python3 -m venv "$root/.build/benchmarks"
    "$python" -m pip install --quiet --requirement requirements.txt
  fi
fi
export PYTHONDONTWRITEBYTECODE=1
exec "$python" -m peers "$@"
