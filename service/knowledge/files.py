"""Reads and checks the knowledge files; an error names the file, the line and the remedy."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from service.knowledge.entries import Claim, Fact, TopicFile
from service.platform.yaml import read_yaml

REMEDIES = {
    "missing": "补上这一项",
    "extra_forbidden": "没有这个字段，删掉它或改正拼写",
    "literal_error": "改成允许的值之一",
    "union_tag_invalid": "status 改成 confirmed、unconfirmed 或 rejected",
    "union_tag_not_found": "补上 status",
    "string_pattern_mismatch": "只用小写英文字母、数字和下划线，字母开头",
}


class KnowledgeFileError(Exception):
    """A knowledge file is wrong; the message says where and what to do."""


def read_topics(folder: Path) -> dict[str, TopicFile]:
    """Every `*.yml` of the folder by its topic, or the first mistake found."""
    places: dict[str, str] = {}
    topics: dict[str, TopicFile] = {}
    for path in sorted(folder.glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        file = _read(path, text)
        if file.topic in topics:
            raise KnowledgeFileError(f"{path}:1: 话题“{file.topic}”已经有别的文件，请合并成一个")
        if file.entries[0].status != "confirmed":
            raise KnowledgeFileError(
                f"{path}:{_line_of_id(text, file.entries[0].id)}: 第一条是总回答，请换成 confirmed 的"
            )
        for entry in file.entries:
            place = f"{path}:{_line_of_id(text, entry.id)}"
            if entry.id in places:
                raise KnowledgeFileError(f"{place}: 代号 {entry.id} 已经用在 {places[entry.id]}，请换一个")
            places[entry.id] = place
        topics[file.topic] = file
    _check_claims(topics, places)
    return topics


def json_schema() -> str:
    """The schema for editors, as it is kept in `data/knowledge/schema.json`."""
    return json.dumps(TopicFile.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def _read(path: Path, text: str) -> TopicFile:
    try:
        return TopicFile.model_validate(read_yaml(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeFileError(f"{path}:{line}: 不是正确的 YAML（{error.problem}），请检查缩进和冒号") from error
    except ValidationError as error:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        raise KnowledgeFileError("\n".join(_explain(path, root, problem) for problem in error.errors())) from error


def _explain(path: Path, root: yaml.Node | None, problem: Any) -> str:
    line, where = _locate(root, problem["loc"])
    return f"{path}:{line}: {where or '整个文件'}：{problem['msg']}（{REMEDIES.get(problem['type'], '按说明改正')}）"


def _locate(node: yaml.Node | None, location: tuple[int | str, ...]) -> tuple[int, str]:
    """The line of the deepest part of `location` that stands in the file, and its name.

    Between the place and the field Pydantic puts the status of the entry: it stands in no file and is passed over.
    """
    line, names = 1, []
    for part in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
            names.append(f"第{part + 1}条")
        elif isinstance(node, yaml.MappingNode) and part not in ("confirmed", "unconfirmed", "rejected"):
            names.append(str(part))
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
    return line, ".".join(names)


def _line_of_id(text: str, entry_id: str) -> int:
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if line.strip().removeprefix("- ") == f"id: {entry_id}"), 1)


def _check_claims(topics: dict[str, TopicFile], places: dict[str, str]) -> None:
    entries = [entry for file in topics.values() for entry in file.entries]
    confirmed = {entry.id for entry in entries if isinstance(entry, Fact) and entry.status == "confirmed"}
    for entry in entries:
        if isinstance(entry, Claim) and entry.instead not in confirmed:
            raise KnowledgeFileError(f"{places[entry.id]}: instead 是 {entry.instead}，请改成一条 confirmed 的代号")


if __name__ == "__main__":
    sys.stdout.write(json_schema())
