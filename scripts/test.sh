#!/usr/bin/env bash
# Every test, in parts that run side by side, the longest first, so that all lanes end together; what failed is said last.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

LANES=$(($(nproc) + 1)) # half of the time is waiting: for browsers, for processes to die, for clocks
# These kill processes and drive browsers while others do the same beside them: a pause that nobody would wait out may
# come once, so each test has a second try; the one that needed it is named at the end.
SERVICE=(service/.venv/bin/python -m pytest -c service/pyproject.toml --rootdir . --reruns 1 -rfER)
CASES=tests/service/cases
LOGS="$ROOT/var/log/tests" # one file a part

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
  run_part "$name" 2>&1 | tee "$LOGS/$name.log" | sed -u "s/^/$name │ /" || result=1
  [ "$result" = 0 ] || mv "$LOGS/$name.log" "$LOGS/$name.failed.log" # read by what_failed
  say "$name: $([ "$result" = 0 ] && echo passed || echo FAILED) after $((SECONDS - started)) s"
  return "$result"
}

# second_tries: which tests needed one.
second_tries() {
  grep -hE '^RERUN ' "$LOGS"/*.log | sort -u | cut -c -300 | sed 's/^RERUN/needed a second try:/' || true
}

# what_failed: the names of the tests that failed, or how a part ended that never came to its tests.
what_failed() {
  local log
  for log in "$LOGS"/*.failed.log; do
    printf '\n✗ %s (whole log: %s)\n' "$(basename "$log" .failed.log)" "${log#"$ROOT/"}"
    grep -E '^(FAILED|ERROR) ' "$log" | cut -c -300 || tail -n 12 "$log"
  done
}

mkdir -p "$LOGS"
if [ "$#" -gt 0 ]; then
  lane_part "$1"
  exit
fi
rm -f "$LOGS"/*.log
result=0
printf '%s\n' service web e2e conversations channels cases payout rasa |
  xargs -P "$LANES" -n 1 bash "${BASH_SOURCE[0]}" || result=1
second_tries
[ "$result" = 0 ] || what_failed
exit "$result"
