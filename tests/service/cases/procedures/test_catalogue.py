"""Procedure files: the schema in the repository is current, and mistakes are named with line and remedy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from service.cases.procedures.catalogue import ProcedureFileError, json_schema, load_catalogue, load_procedure
from service.cases.reasons import ReasonFileError, load_reasons

DATA = Path(__file__).resolve().parents[4] / "data"
FILES = sorted((DATA / "procedures").glob("*.yml"))


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = (DATA / "procedures" / "deposit_refund.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "deposit_refund.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_schema_for_editors_is_current() -> None:
    assert (DATA / "procedures" / "schema.json").read_text(encoding="utf-8") == json_schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_holds_and_points_its_editor_to_the_schema(path: Path) -> None:
    assert load_procedure(path).code == path.stem
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


def test_every_procedure_warns_of_fees_and_passwords() -> None:
    for procedure in load_catalogue(DATA / "procedures").values():
        text = "".join(procedure.warnings)
        assert "不收任何费用" in text
        assert "密码" in text
        assert "投诉" in procedure.outcomes.rejected


@pytest.mark.parametrize(
    ("old", "new", "says", "at"),
    [
        ("kind: amount", "kind: money", "允许的值", ""),
        ("optional: true", "optinal: true", "没有这个字段", ""),
        ("{answer: reason, in: [other]}", "{answer: reson, in: [other]}", "reson 不是前面的问题", ""),
        ("{answer: reason, in: [other]}", "{answer: reason, in: [none]}", "没有选项 none", ""),
        ("working_days: 5", "working_days: 0", "按说明改正", ""),
        ("\ntitle: 退押金", "\ntitel: 退押金", "没有这个字段", "titel: "),
        ("same_holder: true", "same_holder: false", "same_holder", "field: other_account"),
        (
            "    optional: true",
            "    optional: true\n    nothing_there: 没有",
            "nothing_there 只用于",
            "field: claimed_deposit",
        ),
        ("kinds: [records]", "kinds: [recrods]", "允许的值", ""),
        ("fields: [date]", "fields: [day]", "允许的值", ""),
        ("field: machine", "field: reason", "问题重复：reason", "field: reason"),
        ("code: deposit_refund", "code: [deposit_refund", "YAML", "title: "),
    ],
)
def test_a_mistake_is_named_with_its_line_and_a_remedy(tmp_path: Path, old: str, new: str, says: str, at: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(ProcedureFileError) as caught:
        load_procedure(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    assert says in message
    text = path.read_text(encoding="utf-8")
    expected = text[: text.index(at or new)].count("\n") + 1
    assert f"{path}:{expected}: " in message, message


def test_the_code_is_the_name_of_the_file(tmp_path: Path) -> None:
    changed(tmp_path, "code: deposit_refund", "code: other_refund")
    with pytest.raises(ProcedureFileError, match="文件名"):
        load_catalogue(tmp_path)


def test_a_new_procedure_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    text = (DATA / "procedures" / "cancel_pos.yml").read_text(encoding="utf-8")
    (tmp_path / "swap_pos.yml").write_text(text.replace("code: cancel_pos", "code: swap_pos"), encoding="utf-8")
    assert list(load_catalogue(tmp_path)) == ["swap_pos"]


def test_a_choice_that_leads_to_no_procedure_is_named(tmp_path: Path) -> None:
    text = (DATA / "procedures" / "void_transaction.yml").read_text(encoding="utf-8")
    path = tmp_path / "void_transaction.yml"
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("turns_to: transaction_refund")].count("\n") + 1
    with pytest.raises(ProcedureFileError, match=f"{path}:{line}: turns_to 写的 transaction_refund"):
        load_catalogue(tmp_path)


def test_the_reasons_of_reviewers_hold() -> None:
    reasons = load_reasons(DATA / "review" / "reasons.yml")
    assert reasons.has_document("unclear")
    assert not reasons.has_reject("unclear")


def test_a_wrong_file_of_reasons_is_named(tmp_path: Path) -> None:
    path = tmp_path / "reasons.yml"
    path.write_text("document: []\nreject: []\n", encoding="utf-8")
    with pytest.raises(ReasonFileError, match=r"reasons\.yml"):
        load_reasons(path)


def test_the_schema_can_be_written_anew() -> None:
    command = [sys.executable, "-m", "service.cases.procedures.catalogue"]
    done = subprocess.run(  # noqa: S603 - our own module
        command, capture_output=True, text=True, check=True, cwd=DATA.parent
    )
    assert done.stdout == json_schema()
