"""Going on in another procedure with what was told already."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.accounts import Actor
from service.cases import owners, records
from service.cases.dossier import Dossier
from service.cases.life import Life
from service.cases.models import Application, ApplicationAnswer
from service.cases.owners import Owners
from service.cases.parts import Parts
from service.cases.procedures.model import Procedure, Question
from service.cases.rules import Event, State
from service.platform.ids import new_application_no, new_id


def draft(parts: Parts, procedure: str, conversation_id: str) -> Application:
    """A new application of nobody in particular."""
    now = parts.platform.clock.now()
    return Application(
        id=new_id(),
        application_no=new_application_no(now),
        procedure=procedure,
        state=State.DRAFT,
        version=0,
        conversation_id=conversation_id,
        prefill={},
        facts={},
        requested=[],
        created_at=now,
        updated_at=now,
    )


class Turning:
    def __init__(self, parts: Parts, life: Life, owned: Owners) -> None:
        self._parts = parts
        self._life = life
        self._owners = owned

    def turn_over(self, session: Session, application: Application, target: str, actor: Actor) -> Application:
        """Ends this application and opens one of the other procedure; answers that fit there go along."""
        told = records.dossier(self._parts, session, application)
        following = draft(self._parts, target, application.conversation_id)
        following.turned_from = application.application_no
        following.prefill = dict(application.prefill)
        session.add(following)
        session.flush()
        self._owners.adopt(session, following, application.merchant_id)
        _carry(session, told, following, self._parts.catalogue[target])
        records.note_down(self._parts, session, following)
        who = owners.by(actor)
        self._life.happen(session, application, Event.TURNED_OVER, who, detail=following.application_no, silent=True)
        self._life.note(session, following, "created", who, data={"turned_from": application.application_no})
        return following


def _carry(session: Session, told: Dossier, following: Application, target: Procedure) -> None:
    for question in target.questions:
        earlier = told.procedure.question(question.field)
        answer = told.answer(question.field)
        if earlier and answer and answer.value is not None and _fits(question, earlier, answer.value):
            session.add(
                ApplicationAnswer(
                    application_id=following.id,
                    field=question.field,
                    value=answer.value,
                    display=answer.display,
                    answered_at=answer.answered_at,
                )
            )
    session.flush()


def _fits(question: Question, earlier: Question, value: str) -> bool:
    if question.kind != earlier.kind or question.kind == "secure":
        return False
    return question.kind != "choice" or value in {choice.value for choice in question.choices}
