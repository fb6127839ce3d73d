"""Loads and checks the procedure files; an error names the file, the line and the remedy."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from service.cases.procedures.model import Misfit, Procedure
from service.platform.yaml import read_yaml

REMEDIES = {
    "missing": "补上这一项",
    "extra_forbidden": "没有这个字段，删掉它或改正拼写",
    "literal_error": "改成允许的值之一",
    "string_pattern_mismatch": "只用小写英文字母、数字和下划线，字母开头",
}


class ProcedureFileError(Exception):
    """A procedure file is wrong; the message tells an editor where and what to do."""


class Catalogue(Mapping[str, Procedure]):
    """All procedures of the house, by code."""

    def __init__(self, procedures: Mapping[str, Procedure]) -> None:
        self._procedures = dict(sorted(procedures.items()))

    def __getitem__(self, code: str) -> Procedure:
        return self._procedures[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._procedures)

    def __len__(self) -> int:
        return len(self._procedures)


def load_catalogue(folder: Path) -> Catalogue:
    """Every `*.yml` of the folder, or the first mistake found."""
    procedures: dict[str, Procedure] = {}
    for path in sorted(folder.glob("*.yml")):
        procedure = load_procedure(path)
        if procedure.code != path.stem:
            raise ProcedureFileError(f"{path}:1: code 是 {procedure.code}，应与文件名 {path.stem} 相同")
        procedures[procedure.code] = procedure
    if not procedures:
        raise ProcedureFileError(f"{folder}: 没有业务文件，请放入至少一个 .yml")
    _refuse_shared_intents(folder, procedures)
    _refuse_dead_ends(folder, procedures)
    return Catalogue(procedures)


def _refuse_dead_ends(folder: Path, procedures: Mapping[str, Procedure]) -> None:
    """A choice that goes on in another procedure needs that procedure."""
    for procedure in procedures.values():
        targets = [choice.turns_to for question in procedure.questions for choice in question.choices]
        unknown = next((target for target in targets if target and target not in procedures), None)
        if unknown:
            path = folder / f"{procedure.code}.yml"
            line = _line_with(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader), unknown)
            raise ProcedureFileError(f"{path}:{line or 1}: turns_to 写的 {unknown} 没有业务文件（改成已有的代号）")


def _refuse_shared_intents(folder: Path, procedures: Mapping[str, Procedure]) -> None:
    """What a merchant says opens one procedure."""
    owners: dict[str, str] = {}
    for procedure in procedures.values():
        owner = owners.setdefault(procedure.intent, procedure.code)
        if owner != procedure.code:
            path = folder / f"{procedure.code}.yml"
            raise ProcedureFileError(f"{path}:1: intent {procedure.intent} 已经属于 {owner}，请换一个")


def load_procedure(path: Path) -> Procedure:
    text = path.read_text(encoding="utf-8")
    try:
        document = read_yaml(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ProcedureFileError(f"{path}:{line}: 不是正确的 YAML（{error.problem}），请检查缩进和冒号") from error
    try:
        return Procedure.model_validate(document)
    except ValidationError as error:
        raise ProcedureFileError(_explain(path, text, error)) from error


def json_schema() -> str:
    """The schema for editors, as it is kept in `data/procedures/schema.json`."""
    return json.dumps(Procedure.model_json_schema(by_alias=True), ensure_ascii=False, indent=2) + "\n"


def _explain(path: Path, text: str, error: ValidationError) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    lines = []
    for problem in error.errors(include_url=False):
        location = tuple(problem["loc"])
        where = ".".join(str(part) for part in location) or "整个文件"
        remedy = REMEDIES.get(problem["type"], "按说明改正")
        cause = problem.get("ctx", {}).get("error")
        reason = str(cause) if cause is not None else problem["msg"]
        line = _line_with(root, cause.near) if isinstance(cause, Misfit) else None
        lines.append(f"{path}:{line or _line_of(root, location)}: {where}：{reason}（{remedy}）")
    return "\n".join(lines)


def _line_of(node: yaml.Node | None, location: tuple[Any, ...]) -> int:
    """The line of the deepest part of `location` that exists in the file."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _line_with(node: yaml.Node | None, value: str) -> int | None:
    """The first line on which this value stands."""
    if isinstance(node, yaml.ScalarNode):
        return node.start_mark.line + 1 if node.value == value else None
    parts = node.value if isinstance(node, yaml.SequenceNode | yaml.MappingNode) else []
    children = [child for part in parts for child in (part[1:] if isinstance(part, tuple) else (part,))]
    return next((line for child in children if (line := _line_with(child, value))), None)


if __name__ == "__main__":
    sys.stdout.write(json_schema())
