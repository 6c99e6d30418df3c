#!/bin/sh
# Run the tests of the window and all the others at the same time, which takes half as long on two processors.
# usage: test.sh PYTHON     (with the environment that the tests need)
set -u
report=$(mktemp)
"$1" -m pytest -p no:cacheprovider tests/ui >"$report" 2>&1 &
window=$!
trap 'kill "$window" 2>/dev/null; rm -f "$report"; exit 130' INT TERM
"$1" -m pytest -p no:cacheprovider --ignore=tests/ui
others=$?
wait "$window"
window=$?
cat "$report"
rm -f "$report"
[ "$others" = 0 ] && [ "$window" = 0 ]
