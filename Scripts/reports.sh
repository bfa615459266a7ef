#!/usr/bin/env bash
# Makes the committed reports anew: demo.md from what comes with the program, otb100.md from the real sequences and weights
# in $TRACKBENCH_SHARED, else ../shared.
#   Scripts/reports.sh .build/release/trackbench           writes Reports
#   Scripts/reports.sh .build/release/trackbench check     leaves them as they are; fails where demo.md is stale
# Other processors round otherwise, and a box may part from its committed course: scores of a data set are held to 0.01, those of one
# sequence to 0.05. Names, columns and counts have to be equal.
set -euo pipefail
trackbench=$1
mode=${2:-write}
shared=${TRACKBENCH_SHARED:-../shared}
weights=$shared/data/weights
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stale=0

# One report: the command on the first line, then what it prints.
report() {
  local file=$1
  shift
  {
    echo "<!-- trackbench $* -->"
    echo
    "$trackbench" "$@" --store "$work/reports.sqlite"
  } > "$work/$file"
  if [ "$mode" = check ]; then
    compare "Reports/$file" "$work/$file" || stale=1
  else
    mv "$work/$file" "Reports/$file"
    echo "Reports/$file"
  fi
}

compare() {
  awk -v name="$1" '
    function fault(text) { print "reports: " name ":" FNR ": " text > "/dev/stderr"; faults++ }
    FNR == NR { committed[FNR] = $0; lines = FNR; next }
    { made = FNR }
    /^###/ { tolerance = / by sequence/ ? 0.05 : 0.01 }
    $0 == committed[FNR] { next }
    {
      count = split($0, new, "|")
      if (count < 3 || count != split(committed[FNR], old, "|")) { fault("expected \"" $0 "\", found \"" committed[FNR] "\""); next }
      for (cell = 1; cell <= count; cell++) {
        if (new[cell] == old[cell]) continue
        difference = new[cell] - old[cell]
        if (new[cell] ~ /^ [0-9]+\.[0-9]+ $/ && old[cell] ~ /^ [0-9]+\.[0-9]+ $/ && difference <= tolerance && difference >= -tolerance) continue
        fault("column " cell - 1 " of" new[2] new[3] "is" old[cell] "and comes out as" new[cell])
      }
    }
    END {
      if (made != lines) { print "reports: " name ": has " lines " lines, " made " come out" > "/dev/stderr"; faults++ }
      if (faults) { print "reports: " name " is stale; `make reports` makes it anew" > "/dev/stderr"; exit 1 }
      print name " holds"
    }' "$1" "$2"
}

bundled=$(basename -s .safetensors Sources/BundledWeights/Weights/*.safetensors | tr '\n' ',')
"$trackbench" run --tracker "${bundled}ncc" --dataset demo --protocol ope --store "$work/reports.sqlite" > /dev/null
report demo.md report --dataset demo --by dataset,sequence --format markdown --no-times
# The published weights' scores are held by Tests/Regression/real.yaml.
[ "$mode" = check ] && exit $stale

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
