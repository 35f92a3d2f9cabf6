#!/usr/bin/env bash
# The step of .github/workflows/bench.yml: compares HEAD with a base, at most 4 minutes of measuring.
# (MAX_TIME says otherwise). A machine that cannot judge (exit code 3) is said, and fails nobody's change.
set -uo pipefail
base=$1
shift
npm run --silent bench -- compare --base "$base" --head HEAD --max-time "${MAX_TIME:-4m}" "$@"
code=$?
if [ "$code" -eq 3 ]; then
  echo "The machine was not fit to judge: nothing is decided."
  exit 0
fi
exit "$code"
