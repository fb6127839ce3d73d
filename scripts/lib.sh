# Shared by the scripts: what they say, how they remember finished steps, and where the project's own tools stand.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TOOLS="$ROOT/.tools"
STAMPS="$TOOLS/stamps"
UV="$TOOLS/uv/bin/uv"
export PATH="$TOOLS/bin:$PATH"
export RASA_TELEMETRY_ENABLED=false
unset PYTHONDONTWRITEBYTECODE # the many processes started here would each compile everything anew
cd "$ROOT" # version managers look for .python-version in the working directory

say() { printf '\033[1m%s\033[0m\n' "$*"; }

fail() {
  printf '\n%s\n' "✗ $*" >&2
  exit 1
}

# step LABEL COMMAND...: runs it, shows how long it has been at it and its newest line, and keeps all output in a log.
step() {
  local label="$1" log="$ROOT/var/log/setup.log" started=$SECONDS job
  shift
  mkdir -p "$ROOT/var/log"
  printf '\n== %s\n' "$label" >>"$log"
  "$@" >>"$log" 2>&1 &
  job=$!
  while [ -t 1 ] && kill -0 "$job" 2>/dev/null; do
    printf '\r\033[K  %s … %d s  %.60s' "$label" $((SECONDS - started)) "$(tail -n 1 "$log" | tr -d '\r')"
    sleep 1
  done
  if wait "$job"; then
    [ -t 1 ] && printf '\r\033[K'
    printf '  %s: done in %d s\n' "$label" $((SECONDS - started))
  else
    tail -n 25 "$log" >&2
    fail "$label did not work; the lines above say why (whole log: var/log/setup.log)."
  fi
}

# fingerprint PATH...: one hash over files and folders (their names and contents).
fingerprint() {
  find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -name '*.pyc' -print0 |
    LC_ALL=C sort -z | xargs -0 cat -- /dev/null | { printf '%s\n' "$*"; cat; } | git hash-object --stdin
}

# needed NAME FINGERPRINT TARGET: true when that step has to be run (again).
needed() {
  [ ! -e "$3" ] || [ "$(cat "$STAMPS/$1" 2>/dev/null)" != "$2" ]
}

# finished NAME FINGERPRINT: remembers it.
finished() {
  mkdir -p "$STAMPS"
  printf '%s' "$2" >"$STAMPS/$1"
}
