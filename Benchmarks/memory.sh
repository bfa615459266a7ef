#!/usr/bin/env bash
# Peak memory of each contender alone, in a process of its own: see peers/memory.py.
exec "$(dirname "$0")/run.sh" --memory "$@"
