#!/bin/sh
# Runs a command and shows what it said only when it failed.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" >"$log" 2>&1
status=$?
test $status = 0 || cat "$log" >&2
exit $status
