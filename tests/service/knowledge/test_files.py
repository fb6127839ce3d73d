"""Knowledge files: a mistake stops the start, and its message names the file, the line and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.knowledge import KnowledgeFileError, load_knowledge
from service.knowledge.files import json_schema, read_topics

FOLDER = Path(__file__).resolve().parents[3] / "data" / "knowledge"

FACT = """\
topic: 营业时间
entries:
  - id: opening_hours
    asked: [几点开门]
    answer: 请看店门口的牌子。
    procedure: null
    status: confirmed
    reviewed_on: 2026-11-27
    source: {kind: company, name: 店里的规定}
"""
CLAIM = """\
  - id: claim_never_closed
    asked: [从不关门吗]
    claim: 我们从不关门。
    never: [从不关门]
    reason: 不是真的。
    instead: opening_hours
    status: rejected
    reviewed_on: 2026-11-27
    source: {kind: seed, name: 一张传单}
"""


def write(folder: Path, text: str, name: str = "hours.yml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_file_holds_the_facts_and_claims_of_one_topic(tmp_path: Path) -> None:
    topics = read_topics(write(tmp_path, FACT + CLAIM))
    assert [entry.id for entry in topics["营业时间"].entries] == ["opening_hours", "claim_never_closed"]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("    answer: 请看店门口的牌子。\n", "", r"hours\.yml:3: .*answer.*补上这一项"),
        ("    answer:", "    anwser:", r"hours\.yml:5: .*anwser.*改正拼写"),
        ("status: confirmed", "status: true", r"hours\.yml:3: .*confirmed、unconfirmed 或 rejected"),
        ("id: opening_hours", "id: 营业", r"hours\.yml:3: .*小写英文字母"),
        ("kind: company", "kind: hearsay", r"hours\.yml:9: .*kind.*允许的值"),
        ("never: [从不关门]", "never: ['(从不']", r"hours\.yml:13: .*正则表达式"),
        ("instead: opening_hours", "instead: nothing_known", r"hours\.yml:10: .*confirmed 的代号"),
        ("id: claim_never_closed", "id: opening_hours", r"hours\.yml:\d+: 代号 opening_hours 已经用在 .*请换一个"),
        ("status: confirmed", "status: unconfirmed", r"hours\.yml:3: 第一条是总回答"),
        ("topic: 营业时间", "topic: [营业时间", r"hours\.yml:\d+: 不是正确的 YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in FACT + CLAIM
    with pytest.raises(KnowledgeFileError, match=message):
        read_topics(write(tmp_path, (FACT + CLAIM).replace(right, wrong)))


def test_a_topic_has_one_file(tmp_path: Path) -> None:
    write(tmp_path, FACT, "a.yml")
    with pytest.raises(KnowledgeFileError, match=r"b\.yml:1: .*请合并成一个"):
        read_topics(write(tmp_path, FACT, "b.yml"))


def test_the_schema_for_editors_is_current() -> None:
    assert (FOLDER / "schema.json").read_text(encoding="utf-8") == json_schema()
    for path in FOLDER.glob("*.yml"):
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n"), path.name


def test_the_folder_of_the_product_can_be_read() -> None:
    knowledge = load_knowledge(FOLDER)
    assert len(list(knowledge.library)) > 100
    assert knowledge.known_contacts
