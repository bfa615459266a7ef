#!/usr/bin/env bash
# The kernels against their definitions, as a C program of its own (Tests/KernelCheck): plain, under both sanitizers, or
# with the AVX-512 source compiled over SIMDe for a processor that has none.
#
#   Scripts/kernel-check.sh [plain | sanitize | simde] [shapes]
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-plain}
kernels=Sources/CKernels
sources=(Tests/KernelCheck/check.c Tests/KernelCheck/numbers.c Tests/KernelCheck/others.c)
for name in activation convolution correlation curves depthwise direct elementwise isa patches pool pooling resample resize resize_cubic resize_plain resize_rows resize_rows_avx2 winograd winograd_narrow winograd_phases winograd_squares winograd_weights winograd_wide vector/portable vector/avx2 vector/avx512; do
  if [ -f "$kernels/$name.c" ]; then sources+=("$kernels/$name.c"); fi
done
flags=(-std=c11 -Wall -Wextra -I "$kernels/include" -I "$kernels" -I Tests/KernelCheck)
case "$mode" in
  plain) flags+=(-O2) shapes=${2:-300} ;;
  sanitize) flags+=(-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all) shapes=${2:-60} ;;
  simde)
    if [ ! -f /usr/include/simde/x86/avx512.h ]; then
      echo "kernel-check: AVX-512 over SIMDe was NOT checked: install libsimde-dev" >&2
      exit 1
    fi
    flags+=(-O2 -Wno-psabi -mavx2 -mfma -DTB_SIMDE) shapes=${2:-60}
    echo "kernel-check: AVX-512 source over SIMDe, compared with the plain reference; no time is measured" ;;
  *) echo "kernel-check: expected plain, sanitize or simde, found $mode" >&2; exit 2 ;;
esac
program=$(mktemp)
trap 'rm -f "$program"' EXIT
# gold warns of every symbol of the sanitizers' own.
${CC:-clang} "${flags[@]}" "${sources[@]}" -lm -lpthread -o "$program" 2> >(grep -v 'Cannot export local symbol' >&2)
"$program" "$shapes"
