"""The policy of reminders: the file that is delivered, and what an editor is told about a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cases.reminders.policy import ReminderFileError, load_policy
from service.cases.rules import ACTIVE, NEXT_TO_ACT, State, Who
from service.cases.settings import CaseSettings

POLICY = load_policy(CaseSettings().reminders)


def test_every_state_in_which_somebody_has_to_act_is_watched() -> None:
    watched = {state for rule in POLICY.waiting for state in rule.states}
    with_a_deadline = {State.IN_REVIEW, State.PAYING}
    people = {state for state, who in NEXT_TO_ACT.items() if who != Who.SYSTEM and state in ACTIVE | {State.PAID}}
    assert people - with_a_deadline - {State.RESTING} == watched
    assert {rule.key for rule in POLICY.deadlines} == {"first_decision", "payout"}


def test_the_merchant_is_told_before_the_system_ends_anything() -> None:
    for rule in POLICY.waiting:
        if rule.steps[-1].then:
            assert rule.steps[-2].merchant, rule.key


def test_a_missed_deadline_reaches_the_lead_and_is_owned_up_to() -> None:
    for rule in POLICY.deadlines:
        missed = next(step for step in rule.steps if step.day > 0)
        assert "lead" in missed.staff
        assert "比说好的" in missed.merchant
        assert "主管跟进" in missed.merchant


WAITING = """
waiting:
  - key: documents
    states: [{states}]
    steps:
      - {{day: 2, merchant: "{text}"}}
      - {{day: {last}, {then}}}
"""


def waiting(states: str = "submitted", text: str = "还差材料", last: int = 30, then: str = "then: rest") -> str:
    return WAITING.format(states=states, text=text, last=last, then=then)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (waiting(text="还差{missing}，联系{phone}"), "{phone} 不认识"),
        (waiting(text="还差{missing"), "不认识"),
        (waiting(last=1), "day 要比前一步大"),
        (waiting(states="in_review"), "then: rest 只能用在"),
        (waiting(states="closed", then="staff: [lead]"), "不用提醒任何人"),
        (waiting(then="flag: overdue"), "什么也没做"),
        (waiting(then="staf: [lead]"), "waiting.0.steps.1"),
        (waiting() + waiting().replace("waiting:\n", ""), "写了两次"),
        ("deadlines:\n  - key: payout\n    steps:\n      - {day: 1, then: close}\n", "不能由系统结束"),
        ("hours: {start: 18, end: 9}", "start 要早于 end"),
        ("waiting: [", "不是正确的 YAML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "reminders.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReminderFileError) as refused:
        load_policy(path)
    assert str(path) in str(refused.value)
    assert told in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReminderFileError, match="读不了"):
        load_policy(tmp_path / "reminders.yml")
