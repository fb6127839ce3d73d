"""One more procedure file is one more intent, without a line of the project being edited."""

from pathlib import Path

import pytest
import yaml

from bot import train
from bot.procedure_intents import ProcedureFileError, compose, domain_with, procedure_intents, rules_with

RULES = {
    "version": "3.1",
    "rules": [
        {"rule": "opened", "steps": [{"or": [{"intent": "退押金"}, {"intent": "投诉"}]}, {"action": "action_open"}]},
        {"rule": "yes or no", "steps": [{"or": [{"intent": "肯定"}, {"intent": "否定"}]}, {"action": "utter_ok"}]},
    ],
}


def test_the_intents_of_all_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("intent: 退押金", encoding="utf-8")
    (tmp_path / "b.yml").write_text("intent: 开发票", encoding="utf-8")
    assert procedure_intents(tmp_path) == ["退押金", "开发票"]


def test_a_file_without_an_intent_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("title: 退押金", encoding="utf-8")
    with pytest.raises(ProcedureFileError, match=r"a\.yml"):
        procedure_intents(tmp_path)


def test_only_what_is_missing_is_added_to_the_domain() -> None:
    assert domain_with({"intents": ["退押金", "问候"]}, ["退押金", "开发票"])["intents"] == ["退押金", "问候", "开发票"]


def test_only_alternatives_of_procedures_are_widened() -> None:
    opened, yes_or_no = rules_with(RULES, ["退押金", "开发票"])["rules"]
    assert opened["steps"][0]["or"] == [{"intent": "退押金"}, {"intent": "投诉"}, {"intent": "开发票"}]
    assert yes_or_no == RULES["rules"][1]


def test_the_projects_own_domain_and_rules_take_one_more(tmp_path: Path) -> None:
    domain, rules = compose(Path("domain.yml"), Path("data/rules"), ["退押金", "开发票"], tmp_path)
    assert "开发票" in yaml.safe_load(domain.read_text(encoding="utf-8"))["intents"]
    written = yaml.safe_load((rules / "rules.yml").read_text(encoding="utf-8"))["rules"]
    assert sum({"intent": "开发票"} in step.get("or", ()) for rule in written for step in rule["steps"]) == 2


def test_a_new_procedure_or_more_sentences_make_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "_SOURCES", ())
    monkeypatch.setenv("PROCEDURES_DIR", str(tmp_path))
    before = train.fingerprint()
    (tmp_path / "a.yml").write_text("intent: 开发票", encoding="utf-8")
    with_intent = train.fingerprint()
    (tmp_path / "a.yml").write_text("intent: 开发票\nprompt: 别的", encoding="utf-8")
    assert before != with_intent == train.fingerprint()
    monkeypatch.setenv("TRAINING_DATA_EXTRA", str(tmp_path))
    assert train.fingerprint() != with_intent


def test_models_may_stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODELS_DIR", str(tmp_path))
    assert train.model_path().parent == tmp_path
