"""What a merchant's changes would do: made one after the other by their own code, shown, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases.desk import Cases
from service.cases.models import Application
from service.cases.parts import Parts
from service.cases.rehearsal import BlobsForTheMoment
from service.cases.schemas import (
    ApplicationOut,
    TrialAnswer,
    TrialClear,
    TrialOpen,
    TrialStep,
    TrialSubmit,
    TrialWithdraw,
)


def try_out(parts: Parts, actor: Actor, steps: Sequence[TrialStep]) -> ApplicationOut:
    """The application of the last step as it would be; raises what the step itself would raise.

    Each step names by `as` the application that it led to when it was tried before: it has another number each time.
    """
    cases = Cases(replace(parts, blobs=BlobsForTheMoment()))
    names: dict[str, str] = {}
    with parts.platform.database.rehearse() as session:
        for step in steps:
            application = _make(cases, session, actor, step, names)
            if step.named:
                names[step.named] = application.application_no
        session.flush()
        shown = cases.show(session, application, actor)
    known = {number: name for name, number in names.items()}
    return shown.model_copy(update={"application_no": known.get(shown.application_no, shown.application_no)})


def _make(cases: Cases, session: Session, actor: Actor, step: TrialStep, names: dict[str, str]) -> Application:
    if isinstance(step, TrialOpen):
        return cases.filing.create(session, actor, step.procedure, step.prefill)
    number = names.get(step.application_no, step.application_no)
    match step:
        case TrialAnswer():
            return cases.answering.answer(session, number, actor, step.field, step.value)
        case TrialClear():
            return cases.answering.clear(session, number, actor, step.field)
        case TrialSubmit():
            return cases.filing.submit(session, number, actor, step.version)
        case TrialWithdraw():
            return cases.filing.withdraw(session, number, actor, step.reason)
