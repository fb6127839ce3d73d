#!/usr/bin/env bash
# Every test, in two lanes side by side: what starts the Rasa side, and what starts the service and its pages.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

PYTEST=(service/.venv/bin/python -m pytest -c service/pyproject.toml --rootdir .)

# part NAME COMMAND...: runs it and says in the end how long it took.
part() {
  local name="$1" started=$SECONDS
  shift
  say "$name"
  "$@" || return 1
  say "$name: passed in $((SECONDS - started)) s"
}

rasa_lane() {
  part "Rasa side" .venv/bin/python -m pytest tests/bot tests/actions &&
    part "Every branch of every procedure, over HTTP" "${PYTEST[@]}" tests/conversations
}

service_lane() {
  part "Service" "${PYTEST[@]}" tests/service &&
    part "Web parts" npm --prefix web test &&
    part "Web pages in a browser" "${PYTEST[@]}" tests/web &&
    part "Stories of the whole product in a browser" "${PYTEST[@]}" tests/e2e
}

# lane NAME COMMAND: one lane, each of its lines marked.
lane() {
  "$2" 2>&1 | sed -u "s/^/$1 │ /"
}

lane "rasa   " rasa_lane &
beside=$!
failed=0
lane "service" service_lane || failed=1
wait "$beside" || failed=1
exit "$failed"
