"""The table of an application's life: no dead end, somebody always next, money only behind a decision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases import wording
from service.cases.rules import (
    ACTIVE,
    FINAL,
    MERCHANT_ACTIONS,
    NEXT_TO_ACT,
    REVIEW_ACTIONS,
    TRANSITIONS,
    DocumentState,
    Event,
    ForbiddenTransition,
    Standing,
    State,
    Who,
    advance,
    can_happen,
    not_accepted,
    still_missing,
    what_follows,
)


def reachable(start: State) -> set[State]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for step in TRANSITIONS:
            if step.source == here and step.target not in found:
                found.add(step.target)
                waiting.append(step.target)
    return found


@pytest.mark.parametrize("state", State)
def test_no_state_is_a_dead_end(state: State) -> None:
    assert reachable(state) & FINAL


@pytest.mark.parametrize("state", State)
def test_every_state_comes_up(state: State) -> None:
    assert state in reachable(State.DRAFT)


@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_somebody_is_always_next(state: State) -> None:
    who = NEXT_TO_ACT[state]
    assert any(step.source == state and step.who == who for step in TRANSITIONS)
    if who == Who.MERCHANT:
        assert MERCHANT_ACTIONS[state]
    if who == Who.STAFF:
        assert REVIEW_ACTIONS[state]


def test_nothing_leaves_a_final_state() -> None:
    assert not [step for step in TRANSITIONS if step.source in FINAL]
    assert not FINAL & set(NEXT_TO_ACT)


def test_only_people_reject_and_approve() -> None:
    by = {step.event: step.who for step in TRANSITIONS}
    assert by[Event.REJECTED] == by[Event.APPROVED] == Who.STAFF


def test_money_is_only_sent_after_approval() -> None:
    """A guide that somebody followed alone ends without a decision; money that arrives was sent after an approval."""
    other = (Event.APPROVED, Event.GUIDED, Event.PAYOUT_PAID)
    without_approval = [step for step in TRANSITIONS if step.event not in other]
    found, waiting = {State.DRAFT}, [State.DRAFT]
    while waiting:
        here = waiting.pop()
        for step in without_approval:
            if step.source == here and step.target not in found:
                found.add(step.target)
                waiting.append(step.target)
    assert not found & {State.PAYING, State.PAID, State.CLOSED}


def test_an_event_goes_one_way_from_a_state() -> None:
    assert len({(step.source, step.event) for step in TRANSITIONS}) == len(TRANSITIONS)


@given(st.sampled_from(State), st.sampled_from(Event))
def test_an_event_either_stands_in_the_table_or_is_refused(state: State, event: Event) -> None:
    steps = [step for step in TRANSITIONS if (step.source, step.event) == (state, event)]
    if steps:
        assert advance(state, event) == steps[0]
    else:
        with pytest.raises(ForbiddenTransition):
            advance(state, event)


STANDINGS = st.builds(
    Standing,
    pays=st.booleans(),
    needs_agreement=st.booleans(),
    agreed=st.booleans(),
    paid=st.booleans(),
    machine_due=st.sampled_from([None, "payout", "closing"]),
    machine_back=st.booleans(),
)


@given(STANDINGS)
def test_what_follows_can_happen_to_an_approved_application(standing: Standing) -> None:
    assert can_happen(State.APPROVED, what_follows(standing))


@given(STANDINGS)
def test_nothing_is_paid_before_all_that_has_to_come_first(standing: Standing) -> None:
    if what_follows(standing) == Event.PAYOUT_STARTED:
        assert standing.pays
        assert not standing.paid, "money goes out once"
        assert standing.agreed or not standing.needs_agreement
        assert standing.machine_back or standing.machine_due != "payout"


@given(STANDINGS)
def test_an_application_is_finished_when_money_and_machine_are_where_they_belong(standing: Standing) -> None:
    settled = (standing.paid or not standing.pays) and (standing.machine_back or standing.machine_due is None)
    assert (what_follows(standing) == Event.FINISHED) == settled


def test_money_under_way_keeps_the_place_of_an_application() -> None:
    assert {State.PAYING, State.PAYOUT_ABNORMAL, State.PAYOUT_FAILED} <= ACTIVE


def test_everything_is_said_in_words() -> None:
    assert set(wording.STATE_TITLES) == set(wording.HINTS) == set(State)
    assert set(wording.EVENTS) == set(Event)


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(DocumentState)))
def test_what_is_missing_is_never_accepted(states: dict[str, DocumentState]) -> None:
    required = ["a", "b", "c"]
    assert set(still_missing(required, states)) <= set(not_accepted(required, states))
    assert not_accepted(required, dict.fromkeys(required, DocumentState.ACCEPTED)) == []
