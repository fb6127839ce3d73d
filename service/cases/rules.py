"""The life of an application as one table that can be read aloud. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    DOCUMENTS_REQUESTED = "documents_requested"
    APPROVED = "approved"
    AGREEMENT_PENDING = "agreement_pending"
    PAYING = "paying"
    PAID = "paid"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PAYOUT_ABNORMAL = "payout_abnormal"
    PAYOUT_FAILED = "payout_failed"
    RETURNING = "returning"
    INSPECTING = "inspecting"
    RESTING = "resting"


class Who(StrEnum):
    MERCHANT = "merchant"
    STAFF = "staff"
    SYSTEM = "system"


class Event(StrEnum):
    """What happens to an application; the same words stand in the audit trail and in the notices."""

    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    DOCUMENTS_COMPLETE = "documents_complete"
    DOCUMENTS_REQUESTED = "documents_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    AGREEMENT_ASKED = "agreement_asked"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    PAYOUT_STARTED = "payout_started"
    PAYOUT_HELD = "payout_held"
    PAYOUT_RELEASED = "payout_released"
    PAYOUT_REFUSED = "payout_refused"
    PAYOUT_PAID = "payout_paid"
    PAYOUT_ABNORMAL = "payout_abnormal"
    PAYOUT_FAILED = "payout_failed"
    PAYOUT_RETRIED = "payout_retried"
    ACCOUNT_RENEWED = "account_renewed"
    RETURN_ASKED = "return_asked"
    MACHINE_SENT = "machine_sent"
    MACHINE_MISMATCH = "machine_mismatch"
    MACHINE_ACCEPTED = "machine_accepted"
    MACHINE_WAIVED = "machine_waived"
    FINISHED = "finished"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    GUIDED = "guided"
    TURNED_OVER = "turned_over"
    RESTED = "rested"
    TAKEN_UP = "taken_up"
    CLOSED_BY_TIME = "closed_by_time"


@dataclass(frozen=True)
class Transition:
    event: Event
    source: State
    target: State
    who: Who


def _from(sources: Iterable[State], event: Event, target: State, who: Who) -> list[Transition]:
    return [Transition(event, source, target, who) for source in sources]


_BEFORE_MONEY = (
    State.DRAFT,
    State.SUBMITTED,
    State.IN_REVIEW,
    State.DOCUMENTS_REQUESTED,
    State.AGREEMENT_PENDING,
    State.RETURNING,
    State.RESTING,
)

WAITS_FOR_DOCUMENTS = (State.SUBMITTED, State.DOCUMENTS_REQUESTED)

_MONEY_MAY_ARRIVE = (
    State.PAYING,
    State.PAYOUT_FAILED,
    State.PAYOUT_ABNORMAL,
    State.AGREEMENT_PENDING,
    State.SUBMITTED,
    State.IN_REVIEW,
    State.DOCUMENTS_REQUESTED,
    State.RESTING,
    State.REJECTED,
)
"""A bank may correct itself: what it called dead can still turn out to be paid, whatever was decided since."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Event.SUBMITTED, State.DRAFT, State.SUBMITTED, Who.MERCHANT),
    Transition(Event.RESUBMITTED, State.REJECTED, State.SUBMITTED, Who.MERCHANT),
    Transition(Event.DOCUMENTS_COMPLETE, State.SUBMITTED, State.IN_REVIEW, Who.SYSTEM),
    Transition(Event.DOCUMENTS_COMPLETE, State.DOCUMENTS_REQUESTED, State.IN_REVIEW, Who.SYSTEM),
    Transition(Event.DOCUMENTS_REQUESTED, State.IN_REVIEW, State.DOCUMENTS_REQUESTED, Who.STAFF),
    Transition(Event.APPROVED, State.IN_REVIEW, State.APPROVED, Who.STAFF),
    *_from((State.IN_REVIEW, State.DOCUMENTS_REQUESTED), Event.REJECTED, State.REJECTED, Who.STAFF),
    Transition(Event.AGREEMENT_ASKED, State.APPROVED, State.AGREEMENT_PENDING, Who.SYSTEM),
    Transition(Event.FINISHED, State.APPROVED, State.CLOSED, Who.SYSTEM),
    Transition(Event.PAYOUT_STARTED, State.APPROVED, State.PAYING, Who.SYSTEM),
    Transition(Event.PAYOUT_HELD, State.APPROVED, State.PAYING, Who.SYSTEM),
    Transition(Event.PAYOUT_HELD, State.PAYOUT_FAILED, State.PAYING, Who.STAFF),
    Transition(Event.PAYOUT_RELEASED, State.PAYING, State.PAYING, Who.STAFF),
    Transition(Event.PAYOUT_REFUSED, State.PAYING, State.IN_REVIEW, Who.STAFF),
    *_from((State.APPROVED, State.PAID), Event.RETURN_ASKED, State.RETURNING, Who.SYSTEM),
    Transition(Event.AGREED, State.AGREEMENT_PENDING, State.APPROVED, Who.MERCHANT),
    Transition(Event.DISAGREED, State.AGREEMENT_PENDING, State.IN_REVIEW, Who.MERCHANT),
    *_from(_MONEY_MAY_ARRIVE, Event.PAYOUT_PAID, State.PAID, Who.SYSTEM),
    Transition(Event.PAYOUT_ABNORMAL, State.PAYING, State.PAYOUT_ABNORMAL, Who.SYSTEM),
    Transition(Event.PAYOUT_FAILED, State.PAYING, State.PAYOUT_FAILED, Who.SYSTEM),
    Transition(Event.ACCOUNT_RENEWED, State.PAYOUT_ABNORMAL, State.AGREEMENT_PENDING, Who.MERCHANT),
    Transition(Event.PAYOUT_RETRIED, State.PAYOUT_FAILED, State.PAYING, Who.STAFF),
    Transition(Event.RECEIVED, State.PAID, State.CLOSED, Who.MERCHANT),
    Transition(Event.MACHINE_SENT, State.RETURNING, State.INSPECTING, Who.MERCHANT),
    Transition(Event.MACHINE_WAIVED, State.RETURNING, State.APPROVED, Who.STAFF),
    Transition(Event.MACHINE_MISMATCH, State.INSPECTING, State.RETURNING, Who.STAFF),
    Transition(Event.MACHINE_ACCEPTED, State.INSPECTING, State.APPROVED, Who.STAFF),
    Transition(Event.CLOSED_BY_TIME, State.PAID, State.CLOSED, Who.SYSTEM),
    *_from(WAITS_FOR_DOCUMENTS, Event.RESTED, State.RESTING, Who.SYSTEM),
    Transition(Event.TAKEN_UP, State.RESTING, State.SUBMITTED, Who.MERCHANT),
    *_from(_BEFORE_MONEY, Event.WITHDRAWN, State.WITHDRAWN, Who.MERCHANT),
    Transition(Event.GUIDED, State.DRAFT, State.CLOSED, Who.MERCHANT),
    Transition(Event.TURNED_OVER, State.DRAFT, State.WITHDRAWN, Who.MERCHANT),
)

FINAL = frozenset({State.CLOSED, State.WITHDRAWN})

OPEN = frozenset(State) - FINAL
"""Shown to the merchant as going on; what was refused can be mended and filed again."""

ACTIVE = OPEN - {State.DRAFT, State.REJECTED, State.PAID}
"""At most one of these per terminal and procedure; the database holds it."""

FILLED_IN = frozenset({State.DRAFT, State.REJECTED})
"""As long as it is one of these, the merchant fills it in, and what it says about the contract follows the contract."""

NEXT_TO_ACT: dict[State, Who] = {
    State.DRAFT: Who.MERCHANT,
    State.SUBMITTED: Who.MERCHANT,
    State.IN_REVIEW: Who.STAFF,
    State.DOCUMENTS_REQUESTED: Who.MERCHANT,
    State.APPROVED: Who.SYSTEM,
    State.AGREEMENT_PENDING: Who.MERCHANT,
    State.PAYING: Who.SYSTEM,
    State.PAID: Who.MERCHANT,
    State.REJECTED: Who.MERCHANT,
    State.PAYOUT_ABNORMAL: Who.MERCHANT,
    State.PAYOUT_FAILED: Who.STAFF,
    State.RETURNING: Who.MERCHANT,
    State.INSPECTING: Who.STAFF,
    State.RESTING: Who.MERCHANT,
}

MERCHANT_ACTIONS: dict[State, tuple[str, ...]] = {
    State.DRAFT: ("answer", "submit", "withdraw", "upload"),
    State.SUBMITTED: ("upload", "withdraw"),
    State.IN_REVIEW: ("upload", "withdraw"),
    State.DOCUMENTS_REQUESTED: ("upload", "withdraw"),
    State.AGREEMENT_PENDING: ("agree", "withdraw"),
    State.PAID: ("confirm_receipt",),
    State.REJECTED: ("answer", "submit", "upload"),
    State.PAYOUT_ABNORMAL: ("answer",),
    State.RETURNING: ("answer", "withdraw"),
    State.RESTING: ("upload", "withdraw"),
}

REVIEW_ACTIONS: dict[State, tuple[str, ...]] = {
    State.IN_REVIEW: ("claim", "decide_document", "approve", "reject", "request_documents"),
    State.DOCUMENTS_REQUESTED: ("claim", "decide_document", "reject"),
    State.PAYOUT_FAILED: ("retry_payout",),
    State.RETURNING: ("claim", "waive_machine"),
    State.INSPECTING: ("claim", "accept_machine"),
}


class DocumentState(StrEnum):
    MISSING = "missing"
    UPLOADED = "uploaded"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ForbiddenTransition(Exception):
    """This event cannot happen in this state."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"{event} cannot happen to an application that is {state}")
        self.state, self.event = state, event


def can_happen(state: State, event: Event) -> bool:
    return any(step.source == state and step.event == event for step in TRANSITIONS)


def advance(state: State, event: Event) -> Transition:
    """The one way this event goes from this state, or `ForbiddenTransition`."""
    found = next((step for step in TRANSITIONS if step.source == state and step.event == event), None)
    if found is None:
        raise ForbiddenTransition(state, event)
    return found


@dataclass(frozen=True)
class Standing:
    """What decides how an approved application goes on."""

    pays: bool
    needs_agreement: bool
    agreed: bool
    paid: bool
    machine_due: Literal["payout", "closing"] | None
    """Before what the machine has to be back; None when it stays where it is."""
    machine_back: bool


def what_follows(standing: Standing) -> Event:
    """The next thing that happens to an application that stands at `approved`, whoever brought it there."""
    if standing.pays and not standing.paid:
        if standing.needs_agreement and not standing.agreed:
            return Event.AGREEMENT_ASKED
        if standing.machine_due == "payout" and not standing.machine_back:
            return Event.RETURN_ASKED
        return Event.PAYOUT_STARTED
    if standing.machine_due and not standing.machine_back:
        return Event.RETURN_ASKED
    return Event.FINISHED


def still_missing(required: Collection[str], states: dict[str, DocumentState]) -> list[str]:
    """Required documents that the merchant has to send, for the first time or again."""
    waiting = {DocumentState.MISSING, DocumentState.REJECTED}
    return [key for key in required if states.get(key, DocumentState.MISSING) in waiting]


def not_accepted(required: Collection[str], states: dict[str, DocumentState]) -> list[str]:
    """Required documents that stand between an application and its approval."""
    return [key for key in required if states.get(key) != DocumentState.ACCEPTED]
