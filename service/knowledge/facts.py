"""What is known, read from `data/knowledge/*.yml`: each fact with its source, its status and a day to look again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Status = Literal["confirmed", "unconfirmed", "rejected"]


class KnowledgeFileError(Exception):
    """A knowledge file is wrong; the message says where and what to do."""


class Source(BaseModel):
    """依据。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["seed", "rule", "company"] = Field(description="seed：原始文章；rule：法规；company：公司规定")
    name: Annotated[str, Field(min_length=2, max_length=200)] = Field(description="哪篇文章、哪条规定")
    note: str = Field("", max_length=300, description="采用了什么、改正了什么")


class Fact(BaseModel):
    """一个话题的回答：先给一句实在的短答案，再给细节。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: Annotated[str, Field(min_length=2, max_length=20)] = Field(description="意图“常见问题/…”里斜线后面的部分")
    answer: Annotated[str, Field(min_length=2, max_length=300)] = Field(
        description="短答案；{contacts} 会换成确认过的联系方式"
    )
    details: tuple[Annotated[str, Field(min_length=2, max_length=300)], ...] = Field(description="细节，一句一条")
    procedure: str | None = Field(description="适合接着办的业务代号，没有写 null")
    status: Status = Field(description="confirmed 已确认；unconfirmed 待公司确认；rejected 不采用")
    reviewed_on: date = Field(description="最近一次核对的日期")
    source: Source = Field(description="依据")


class Facts(Mapping[str, Fact]):
    """All facts that may be told, by topic."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = dict(facts)

    def __getitem__(self, topic: str) -> Fact:
        return self._facts[topic]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def load_facts(folder: Path) -> Facts:
    """Every fact of the folder that is not rejected, or the first mistake found."""
    facts: dict[str, Fact] = {}
    for path in sorted(folder.glob("*.yml")):
        fact = load_fact(path)
        if fact.topic in facts:
            raise KnowledgeFileError(f"{path}:1: 话题“{fact.topic}”已经有别的文件，请合并成一个")
        facts[fact.topic] = fact
    return Facts({topic: fact for topic, fact in facts.items() if fact.status != "rejected"})


def load_fact(path: Path) -> Fact:
    try:
        return Fact.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeFileError(f"{path}:{line}: 不是正确的 YAML（{error.problem}），请检查缩进和冒号") from error
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"]) or "整个文件"
        line = _line_of(path, str(problem["loc"][0]) if problem["loc"] else "")
        raise KnowledgeFileError(f"{path}:{line}: {where}：{problem['msg']}（请对照 schema.json 改正）") from error


def json_schema() -> str:
    """The schema for editors, as it is kept in `data/knowledge/schema.json`."""
    return json.dumps(Fact.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def _line_of(path: Path, key: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)


if __name__ == "__main__":
    sys.stdout.write(json_schema())
