"""What people read: every fact has its source, nothing that is not confirmed gets out, and no text holds a number to
call, an address, a number of days or a percentage: those come from settings, from fields of their own, or not at all.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.knowledge import Claim, Fact, load_knowledge
from service.platform.clock import FixedClock
from tests.service.cases.world import build_world

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = load_knowledge(ROOT / "data" / "knowledge").library
ENTRIES = list(LIBRARY)
WITHHELD = [(topic, entry) for topic, entry in ENTRIES if entry.status != "confirmed"]

#: Fields of a procedure file that nobody reads as a statement: names, patterns, sources, samples of a format.
NOT_READ = {"sources", "also", "example", "placeholder", "field", "key", "code", "kind", "name", "value", "intent"}

FORBIDDEN = {
    "a phone number": r"(?<![\d.])(?:\d[- ]?){5,}|(?<!\d)(?:110|12\d{3}|9[56]\d{3})(?!\d)|400[- ]\d|800[- ]\d",
    "a web address": r"https?://|www\.|[a-z0-9-]+\.(?:cn|com|net|org|top|vip|cc|app|xyz|shop)(?![a-z0-9])",
    "a number of days": (
        r"\d+\s*个?(?:工作日|天|小时|日内|个月内)"
        r"|(?<![哪某同当每有今明昨几])[一二三四五六七八九十两]+个?(?:工作日|天(?!天)|小时|个月内)"
    ),
    "a percentage": r"\d\s*[%％‰]|百分之|千分之|万分之",
}


def knowledge_texts() -> Iterator[tuple[str, str]]:
    for _topic, entry in ENTRIES:
        if isinstance(entry, Fact):
            yield from ((entry.id, text) for text in (entry.answer, *entry.details))


def procedure_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "data" / "procedures").glob("*.yml")):
        yield from ((path.name, text) for text in _read_by_people(yaml.safe_load(path.read_text(encoding="utf-8"))))


def response_texts() -> Iterator[tuple[str, str]]:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    for name, variations in responses.items():
        yield from ((name, text) for text in _read_by_people(variations))


def action_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "actions").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        strings = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        yield from ((path.name, text) for text in strings if re.search(r"[\u4e00-\u9fff]", text))


def _read_by_people(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from _read_by_people(part)
    elif isinstance(node, dict):
        for key, part in node.items():
            if key not in NOT_READ:
                yield from _read_by_people(part)


TEXTS = [*knowledge_texts(), *procedure_texts(), *response_texts(), *action_texts()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text_holds(what: str) -> None:
    found = [(place, text) for place, text in TEXTS if re.search(FORBIDDEN[what], text)]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a phone number", "请打 95016"),
        ("a phone number", "电话185-8483-9115"),
        ("a phone number", "打12315投诉"),
        ("a web address", "登录soupos.cn办理"),
        ("a number of days", "3-7个工作日到账"),
        ("a number of days", "七天内退款"),
        ("a percentage", "费率0.6%"),
    ],
)
def test_the_check_finds_what_it_looks_for(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


def test_every_kind_of_text_is_looked_at() -> None:
    for texts in (knowledge_texts, procedure_texts, response_texts, action_texts):
        assert sum(1 for _text in texts()) > 20


def test_every_entry_names_its_source() -> None:
    assert all(entry.source.name.strip() for _topic, entry in ENTRIES)


def test_an_answer_is_short() -> None:
    assert [entry.id for _topic, entry in ENTRIES if isinstance(entry, Fact) and len(entry.answer) > 120] == []


def test_authorities_are_named_by_the_settings_alone() -> None:
    named = re.compile("央行|人民银行|消协|消费者协会|金融监管|银保监|市场监督|工商局|银联客服")
    assert [(place, text) for place, text in TEXTS if named.search(text)] == []


def test_nothing_that_is_not_confirmed_is_told(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> None:
    with build_world(sqlite_url, tmp_path, clock) as world:
        client = world.client()
        for topic, entry in WITHHELD:
            assert client.get(f"/v1/knowledge/{topic}", params={"id": entry.id}).status_code == 404
            secret = entry.claim if isinstance(entry, Claim) else entry.answer
            for sentence in entry.asked:
                told = client.get(f"/v1/knowledge/{topic}", params={"q": sentence}).json()
                listed = client.get("/v1/knowledge", params={"q": sentence, "limit": 20}).json()["items"]
                for fact in (told, *listed):
                    assert fact["status"] == "confirmed"
                    assert secret not in fact["answer"] + fact["details"]


def test_nothing_that_is_not_confirmed_stands_in_another_text() -> None:
    others = [*procedure_texts(), *response_texts(), *action_texts()]
    for _topic, entry in WITHHELD:
        if isinstance(entry, Claim):
            said = [(place, text) for place, text in others for never in entry.never if re.search(never, text)]
            assert said == [], entry.id
        else:
            assert not [place for place, text in others if entry.answer in text], entry.id


def test_the_procedures_that_facts_offer_are_there() -> None:
    there = {path.stem for path in (ROOT / "data" / "procedures").glob("*.yml")}
    offered = {entry.procedure for _topic, entry in ENTRIES if isinstance(entry, Fact)} - {None}
    assert offered <= there
