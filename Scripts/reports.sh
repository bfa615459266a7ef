#!/usr/bin/env bash
# Makes the committed reports anew: demo.md from what comes with the program, otb100.md from the real sequences and weights
# in $TRACKBENCH_SHARED, else ../shared.
#   Scripts/reports.sh .build/release/trackbench
set -euo pipefail
trackbench=$1
shared=${TRACKBENCH_SHARED:-../shared}
weights=$shared/data/weights
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

"$trackbench" run --tracker siamban-acm,ncc --dataset demo --protocol ope \
  --store "$work/reports.sqlite" > /dev/null
report demo.md report --dataset demo --by dataset,sequence --format markdown --no-times

if [ ! -f "$weights/siamfc-3s-color.pth" ]; then
  echo "reports: $weights/siamfc-3s-color.pth is not there; point TRACKBENCH_SHARED at the folder that holds data/" >&2
  exit 1
fi

run() {
  "$trackbench" run "$@" --dataset otb100 --data-root "$shared/data" --store "$work/reports.sqlite" \
    --sequences Crossing,Couple,Football1,Girl,Jogging-1,Jogging-2,Skiing > /dev/null
}

run --tracker siamfc --weights "$weights/siamfc-3s-color.pth"
for version in 1 2 3; do run --tracker nanotrack --preset "v$version" --weights "$weights/nanotrackv$version.pth"; done
run --tracker ncc
report otb100.md report --dataset otb100 --by dataset,sequence --profile otb,pysot --format markdown --no-times
