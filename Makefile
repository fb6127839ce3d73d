# Every task has one way to do it; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
export RASA_TELEMETRY_ENABLED := false

.PHONY: help run setup train test lint format evaluate review-nlu bench-nlu bench-ocr bench-assist bench-wechat wechat-menu wechat-demo lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## get uv, Node, both Pythons, packages, web pages and the model
	@scripts/setup.sh tools rasa service web model

run: setup ## start everything and print the addresses (Ctrl-C stops it)
	@exec service/.venv/bin/python scripts/run.py

train: ## train the model if it is missing or older than its sources
	@scripts/setup.sh tools rasa model

test: ## lint and every test, real browser included
	@scripts/setup.sh tools rasa service web model browser
	scripts/lint.sh
	scripts/test.sh

lint: ## formatters, linters, type checkers, import floors, bundle sizes
	@scripts/setup.sh tools rasa service web
	scripts/lint.sh

format: ## put all code into its format
	@scripts/setup.sh tools rasa service web
	.venv/bin/ruff format bot actions bench tests/bot tests/actions
	service/.venv/bin/ruff format --config service/pyproject.toml service bench/assist bench/ocr bench/wechat scripts tests/conftest.py tests/ports.py tests/service tests/web tests/e2e tests/conversations tests/wechat
	.tools/bin/npm --prefix web run format

evaluate: ## measure understanding: make evaluate DATA=file.tsv
	@test -n "$${DATA:-$(DATA)}" || { echo "Say which file: make evaluate DATA=file.tsv (columns text, intent, also_accepted)"; exit 2; }
	scripts/setup.sh tools rasa model
	.venv/bin/python -m bot.evaluate "$(DATA)"

review-nlu: ## what merchants chose when asked back, to accept as training data; ARGS=--list only lists
	@scripts/setup.sh tools rasa service
	exec service/.venv/bin/python -m scripts.review_nlu $(ARGS)

bench-nlu: ## measure understanding beside its peers (half an hour; see bench/README.md)
	@scripts/setup.sh tools rasa
	.venv/bin/python -m bench.nlu

bench-ocr: ## measure how well documents are read by machine (some minutes; see bench/README.md)
	@scripts/setup.sh tools rasa service
	service/.venv/bin/python -m bench.ocr $(ARGS)

bench-assist: ## measure how soon suggestions stand and how often the right one is among them (some minutes; see bench/README.md)
	@scripts/setup.sh tools rasa service
	service/.venv/bin/python -m bench.assist $(ARGS)

bench-wechat: ## put the WeChat bridge through a storm and a steady load (some minutes; see bench/README.md)
	@scripts/setup.sh tools service
	service/.venv/bin/python -m bench.wechat $(ARGS)

wechat-menu: ## show the menu of the 公众号 and whether it is ours; ARGS=--set sets it
	@scripts/setup.sh tools service
	exec service/.venv/bin/python -m service.wechat_menu $(ARGS)

wechat-demo: ## run everything beside a made-up WeChat with a page to chat in (Ctrl-C stops it)
	@$(MAKE) --no-print-directory setup
	exec service/.venv/bin/python -m tests.wechat.demo

lock: ## renew the lock files from pyproject.toml, tools.in and package.json
	@scripts/lock.sh

clean: ## remove everything that make builds (also data of the demo)
	@rm -rf .venv service/.venv .tools .cache .rasa var results web/node_modules web/dist models/*.tar.gz
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
