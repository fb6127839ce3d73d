"""The engine on the real procedures: whatever a merchant answers, the form comes to an end and hangs together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.procedures import engine
from service.cases.procedures.catalogue import load_catalogue
from service.cases.procedures.engine import Facts
from service.cases.procedures.model import Procedure

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[4] / "data" / "procedures")
PROCEDURES = st.sampled_from(list(CATALOGUE.values()))
KINDS = st.sampled_from(["smart", "signature", "mobile", "classic", "speaker"])
COUNTS = st.sampled_from([0, 19_900])
YES_OR_NO = st.sampled_from([0, 1])
FACTS: st.SearchStrategy[Facts] = st.fixed_dictionaries(
    {},
    optional={
        "deposit_left_fen": COUNTS,
        "has_settlement_account": YES_OR_NO,
        "terminal_kind": KINDS,
        "bought_properly": YES_OR_NO,
        "fees_owed_fen": COUNTS,
        "open_disputes": YES_OR_NO,
        "unsettled_fen": COUNTS,
        "active_terminals": YES_OR_NO,
        "open_applications": YES_OR_NO,
        "charged_fen": COUNTS,
        "same_day": YES_OR_NO,
        "left_fen": COUNTS,
    },
)
"""Whatever contract, account and records may say; any of it may be unknown."""


def answer_all(procedure: Procedure, facts: Facts, data: st.DataObject) -> dict[str, str | None]:
    """Answers whatever is asked, until there is nothing left or it goes on in another procedure."""
    answers: dict[str, str | None] = {}
    for _ in range(50):
        question = engine.next_question(procedure, answers, facts)
        if question is None:
            return answers
        choices = engine.choices_in_play(question, answers, facts)
        if question.kind == "choice":
            assert choices, "a question with nothing to choose"
            chosen = data.draw(st.sampled_from(choices))
            answers[question.field] = chosen.value
            if chosen.turns_to:
                return answers
        else:
            answers[question.field] = "answer"
    raise AssertionError("the form never ends")


@given(PROCEDURES, FACTS, st.data())
def test_every_way_through_a_form_ends(procedure: Procedure, facts: Facts, data: st.DataObject) -> None:
    answers = answer_all(procedure, facts, data)
    assert engine.outdated(procedure, answers, facts) == []


@given(PROCEDURES, FACTS, FACTS, st.data())
def test_a_correction_leaves_no_answer_behind_that_does_not_belong(
    procedure: Procedure, facts: Facts, other: Facts, data: st.DataObject
) -> None:
    answers = answer_all(procedure, facts, data)
    changed = data.draw(st.sampled_from(sorted(answers)))
    question = procedure.question(changed)
    if question is not None and question.kind == "choice":
        answers[changed] = data.draw(st.sampled_from(question.choices)).value
    for field in engine.outdated(procedure, answers, other):
        del answers[field]
    assert engine.outdated(procedure, answers, other) == []
    in_play = {question.field for question in engine.questions_in_play(procedure, answers, other)}
    assert set(answers) <= in_play


@given(PROCEDURES, FACTS, st.data())
def test_what_only_a_reviewer_asks_for_is_not_on_the_list(
    procedure: Procedure, facts: Facts, data: st.DataObject
) -> None:
    answers = answer_all(procedure, facts, data)
    usual = engine.checklist(procedure, answers, facts)
    assert not [item for item in usual if item.on_request]
    asked = engine.checklist(procedure, answers, facts, ["supplement"])
    extra = [item for item in asked if item not in usual]
    assert [item.key for item in extra] == ([] if procedure.filing == "self_service" else ["supplement"])
    assert all(engine.is_required(item, ["supplement"]) for item in extra)


@pytest.mark.parametrize("deposit", [0, 19_900])
def test_an_account_is_only_asked_for_when_there_is_money(deposit: int) -> None:
    procedure = CATALOGUE["cancel_pos"]
    fields = {question.field for question in engine.questions_in_play(procedure, {}, {"deposit_left_fen": deposit})}
    assert ("payout_account" in fields) == (deposit > 0)


def test_the_account_on_file_is_only_offered_when_there_is_one() -> None:
    procedure = CATALOGUE["deposit_refund"]
    question = procedure.question("payout_account")
    assert question is not None
    offered = engine.choices_in_play(question, {}, {"has_settlement_account": 0})
    assert [choice.value for choice in offered] == ["another"]


def test_the_choice_that_opens_the_account_form_is_found() -> None:
    assert engine.value_that_opens(CATALOGUE["deposit_refund"], "other_account", "payout_account") == "another"
