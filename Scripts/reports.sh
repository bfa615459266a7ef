#!/usr/bin/env bash
# Makes the committed reports anew. Needs the real sequences and weights: $TRACKBENCH_SHARED, else ../shared.
#   Scripts/reports.sh .build/release/trackbench
set -euo pipefail
trackbench=$1
shared=${TRACKBENCH_SHARED:-../shared}
weights=$shared/data/weights/siamfc-3s-color.pth
if [ ! -f "$weights" ]; then
  echo "reports: $weights is not there; point TRACKBENCH_SHARED at the folder that holds data/" >&2
  exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One report: the command on the first line, then what it prints.
report() {
  local file=$1
  shift
  {
    echo "<!-- trackbench $* -->"
    echo
    "$trackbench" "$@" --store "$work/reports.sqlite"
  } > "$work/report.md"
  mv "$work/report.md" "Reports/$file"
  echo "Reports/$file"
}

sequences=Crossing,Couple,Football1,Girl,Jogging-1,Jogging-2,Skiing
"$trackbench" run --tracker siamfc --weights "$weights" --dataset otb100 --data-root "$shared/data" \
  --sequences "$sequences" --store "$work/reports.sqlite" > /dev/null
report siamfc-otb100.md report --tracker siamfc --dataset otb100 --by dataset,sequence --profile otb,pysot --format markdown --no-times
