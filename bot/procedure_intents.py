"""Lets every procedure file have its intent: the domain and the rules for training, with those that they lack."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml

COMPOSED_DOMAIN: Final = "domain.yml"
COMPOSED_RULES: Final = "rules"


class ProcedureFileError(Exception):
    """A procedure file names no intent; the text says which."""


def procedure_intents(folder: Path) -> list[str]:
    """The intents of all procedure files, in the order of the files."""
    intents = []
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("intent"), str):
            raise ProcedureFileError(f"{path}: no intent is named; add a line such as `intent: 退押金`.")
        intents.append(content["intent"])
    return list(dict.fromkeys(intents))


def compose(domain: Path, rules: Path, intents: list[str], target: Path) -> tuple[Path, Path]:
    """Writes both into `target` and tells where they stand."""
    composed_domain, composed_rules = target / COMPOSED_DOMAIN, target / COMPOSED_RULES
    composed_rules.mkdir()
    _write(composed_domain, domain_with(_read(domain), intents))
    for path in sorted(rules.glob("*.yml")):
        _write(composed_rules / path.name, rules_with(_read(path), intents))
    return composed_domain, composed_rules


def domain_with(domain: dict[str, Any], intents: Iterable[str]) -> dict[str, Any]:
    """The domain with those intents that it lacks."""
    missing = [intent for intent in intents if intent not in domain["intents"]]
    return {**domain, "intents": [*domain["intents"], *missing]}


def rules_with(content: dict[str, Any], intents: list[str]) -> dict[str, Any]:
    """The rules, in which every `or` that lists a procedure's intent lists those of all procedures."""
    rules = [{**rule, "steps": [_step_with(step, intents) for step in rule["steps"]]} for rule in content["rules"]]
    return {**content, "rules": rules}


def _step_with(step: dict[str, Any], intents: list[str]) -> dict[str, Any]:
    listed = [alternative.get("intent") for alternative in step.get("or", ())]
    if not set(listed) & set(intents):
        return step
    missing = [{"intent": intent} for intent in intents if intent not in listed]
    return {**step, "or": [*step["or"], *missing]}


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
