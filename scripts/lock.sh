#!/usr/bin/env bash
# Renews every lock: names, versions and hashes, no addresses.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
"$ROOT/scripts/setup.sh" tools

compile() { "$UV" pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header "$@"; }

compile --python-version 3.9 scripts/tools.in -o scripts/tools.lock
compile --group dev pyproject.toml -o requirements.lock
(cd service && compile --group dev pyproject.toml -o requirements.lock)
npm --prefix web install --package-lock-only
