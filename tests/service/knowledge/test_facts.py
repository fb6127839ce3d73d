"""What the assistant says it knows: all topics, honest wording, sources, a current schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.knowledge import KnowledgeFileError, load_knowledge
from service.knowledge.facts import json_schema, load_fact, load_facts

FOLDER = Path(__file__).resolve().parents[3] / "data" / "knowledge"
FILES = sorted(FOLDER.glob("*.yml"))
TOPICS = set(
    "到账时间 刷卡未到账 押金能否退 所需材料 费率手续费 扣费 安全正规 官方渠道 审核未通过 退款账户 未收到通知 机器使用 "
    "账户冻结 变更信息 换机骗局 业务员失联".split()
)

FORBIDDEN = re.compile(
    r"95016|95017|\d{3}-?\d{4}-?\d{4}|[a-z]+\.(?:cn|com)|\d+\s*[-~到至]\s*\d+\s*个?(?:工作日|天)|余额.{0,6}为?零"
    r"|注销.{0,4}银行卡以|一定能退|保证(?!金)|绝对安全|唯一上市|24小时|信用记录|激活后退|刷满"
)


def test_every_topic_has_an_answer() -> None:
    assert set(load_facts(FOLDER)) == TOPICS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_claim_of_the_advertisements_is_repeated(path: Path) -> None:
    fact = load_fact(path)
    said = fact.answer + "".join(fact.details)
    assert not FORBIDDEN.search(said), FORBIDDEN.search(said)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_answer_is_short_and_has_its_source(path: Path) -> None:
    fact = load_fact(path)
    assert len(fact.answer) <= 120
    assert fact.source.name
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


def test_the_procedures_that_answers_offer_are_there() -> None:
    codes = {path.stem for path in (FOLDER.parent / "procedures").glob("*.yml")}
    assert {fact.procedure for fact in load_facts(FOLDER).values()} - {None} <= codes


def test_the_schema_for_editors_is_current() -> None:
    assert (FOLDER / "schema.json").read_text(encoding="utf-8") == json_schema()


def test_what_was_rejected_is_never_told(tmp_path: Path) -> None:
    text = FILES[0].read_text(encoding="utf-8")
    (tmp_path / "a.yml").write_text(re.sub(r"status: \w+", "status: rejected", text), encoding="utf-8")
    assert dict(load_facts(tmp_path)) == {}


def test_a_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(FILES[0].read_text(encoding="utf-8").replace("status:", "state:"), encoding="utf-8")
    with pytest.raises(KnowledgeFileError, match=r"a\.yml:\d+: stat"):
        load_facts(tmp_path)


def test_a_topic_has_one_file(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(FILES[0].read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(KnowledgeFileError, match="已经有别的文件"):
        load_facts(tmp_path)


def test_the_folder_holds() -> None:
    assert load_knowledge(FOLDER).known_contacts[0].owner
