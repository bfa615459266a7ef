# make demo and make test are all a newcomer needs; both share one release build.
SHELL := /bin/bash
TRACKBENCH := .build/release/trackbench
SOURCES := Package.swift Sources Trackers Tests

.PHONY: demo test test-full build setup lint format reports reports-check bench bench-peers sanitize kernel-check

## demo: build, run the main job on the drawn demo data set, print the score table
demo: build
	$(TRACKBENCH) run --tracker siamban-acm --dataset demo --store demo.sqlite --fresh

## test: build, run every test (those that need ../shared are skipped by name without it)
test: build
	swift test -c release --skip-build

## test-full: the same, with the score gates on all of the demo data set
test-full: build
	TRACKBENCH_FULL=1 swift test -c release --skip-build

build: setup
	swift build -c release --build-tests

setup:
	@Scripts/setup.sh

## lint: fail on anything `make format` would change
lint:
	swift format lint --strict --recursive --configuration .swift-format $(SOURCES)

format:
	swift format --in-place --recursive --configuration .swift-format $(SOURCES)

## reports: make the committed reports anew
reports: build
	Scripts/reports.sh $(TRACKBENCH)

## reports-check: fail where the committed reports no longer hold
reports-check: build
	Scripts/reports.sh $(TRACKBENCH) check

## bench: milliseconds a frame by stage
bench: build
	$(TRACKBENCH) speed --tracker siamfc --untrained

## bench-peers: the networks against PyTorch, ONNX Runtime and OpenVINO (installs them; see Benchmarks/README.md)
bench-peers: setup
	swift build -c release --product trackbench
	Benchmarks/run.sh

## sanitize: the kernels' and pictures' tests under AddressSanitizer, the C of them under UndefinedBehaviorSanitizer too (a slow build)
sanitize: setup
# Swift on Linux has no UBSan of its own; in C it traps, which needs no runtime and fails the test. Without XCTest, for its runner
# leaks two objects, and nothing here uses it.
	swift test --disable-xctest --sanitize=address -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined --scratch-path .build/sanitize \
	  --filter 'TensorsTests|ImagingTests'

## kernel-check: the kernels against their definitions under both sanitizers, and the AVX-512 source over SIMDe
kernel-check:
	Scripts/kernel-check.sh sanitize
	Scripts/kernel-check.sh simde
