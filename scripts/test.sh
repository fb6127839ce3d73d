#!/usr/bin/env bash
# Every test: the Rasa side, the service on its databases, the web pages, then the whole product in a real browser.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

say "Rasa side"
.venv/bin/python -m pytest tests/bot tests/actions

say "Service"
service/.venv/bin/python -m pytest -c service/pyproject.toml --rootdir . tests/service

say "Web"
npm --prefix web test
service/.venv/bin/python -m pytest -c service/pyproject.toml --rootdir . tests/web

say "The whole product"
service/.venv/bin/python -m pytest -c service/pyproject.toml --rootdir . tests/e2e tests/conversations
