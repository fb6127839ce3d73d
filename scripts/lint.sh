#!/usr/bin/env bash
# Formatters, linters, type checkers, import floors and bundle sizes; the first that finds something stops the run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SERVICE=service/.venv/bin
SERVICE_CODE=(service bench/assist bench/ocr bench/wechat scripts tests/conftest.py tests/ports.py tests/service tests/web tests/e2e tests/conversations tests/wechat)

say "Rasa side"
.venv/bin/ruff format --check bot actions bench tests/bot tests/actions
.venv/bin/ruff check bot actions bench tests/bot tests/actions
.venv/bin/mypy bot actions bench

say "Service"
"$SERVICE/ruff" format --check --config service/pyproject.toml "${SERVICE_CODE[@]}"
"$SERVICE/ruff" check --config service/pyproject.toml "${SERVICE_CODE[@]}"
"$SERVICE/mypy" --config-file service/pyproject.toml service bench/assist bench/ocr bench/wechat scripts tests/e2e tests/conversations
"$SERVICE/lint-imports" --config service/pyproject.toml

say "Web"
npm --prefix web run lint
npm --prefix web run size
