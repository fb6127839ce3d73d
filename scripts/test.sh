#!/usr/bin/env bash
# Every test, in parts that run side by side, the longest first, so that all lanes end together.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

LANES=$(($(nproc) + 1)) # half of the time is waiting: for browsers, for processes to die, for clocks
SERVICE=(service/.venv/bin/python -m pytest -c service/pyproject.toml --rootdir .)
CASES=tests/service/cases

run_part() {
  case "$1" in
    cases) "${SERVICE[@]}" "$CASES" --ignore "$CASES/payout" --ignore "$CASES/documents" --ignore "$CASES/reading" ;;
    payout) "${SERVICE[@]}" "$CASES/payout" "$CASES/documents" "$CASES/reading" ;;
    channels) "${SERVICE[@]}" tests/service/channels ;;
    service) "${SERVICE[@]}" tests/service --ignore "$CASES" --ignore tests/service/channels ;;
    rasa) .venv/bin/python -m pytest tests/bot tests/actions ;;
    conversations) "${SERVICE[@]}" tests/conversations ;;
    web) npm --prefix web test && "${SERVICE[@]}" tests/web ;;
    e2e) "${SERVICE[@]}" tests/e2e ;;
  esac
}

# lane_part NAME: one part, each of its lines marked, and how long it took.
lane_part() {
  local name="$1" started=$SECONDS result=0
  say "$name: begins"
  run_part "$name" 2>&1 | sed -u "s/^/$name │ /" || result=1
  say "$name: $([ "$result" = 0 ] && echo passed || echo FAILED) after $((SECONDS - started)) s"
  return "$result"
}

if [ "$#" -gt 0 ]; then
  lane_part "$1"
else
  printf '%s\n' service web e2e conversations channels cases payout rasa | xargs -P "$LANES" -n 1 bash "${BASH_SOURCE[0]}"
fi
