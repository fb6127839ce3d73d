"""Use cases: write a note, ask a colleague, answer one. None of them changes the application or its version."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from service.accounts import Staff, StaffMember
from service.cases import audit, store
from service.cases.audit import By
from service.cases.counsel import store as said
from service.cases.counsel.models import ApplicationNote, SecondOpinion
from service.cases.counsel.schemas import AdviceIn, OpinionIn
from service.cases.doors import ADVISERS, NOTE_TAKERS
from service.cases.errors import AlreadyAnswered, NoSuchColleague, NoSuchOpinion, NotAsked, OpinionOpen, WrongState
from service.cases.models import Application
from service.cases.rules import FINAL, State
from service.cases.schemas import NoteOut, OpinionOut
from service.platform.context import Platform
from service.platform.ids import new_id
from service.platform.masking import mask_numbers


class Counsel:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def note(self, session: Session, application_no: str, staff: StaffMember, text: str) -> Application:
        application = store.find_filed(session, application_no, lock=True)
        now = self._platform.clock.now()
        note = ApplicationNote(
            id=new_id(),
            application_id=application.id,
            by_id=staff.id,
            by_name=staff.name,
            text=mask_numbers(text),
            at=now,
        )
        session.add(note)
        self._write(session, application, "noted", staff, {"note": note.id})
        return application

    def ask(self, session: Session, application_no: str, staff: StaffMember, body: OpinionIn) -> Application:
        application = store.find_filed(session, application_no, lock=True)
        if State(application.state) in FINAL:
            raise WrongState
        colleague = session.get(Staff, body.colleague_id)
        if colleague is None or not colleague.active or colleague.role not in ADVISERS or colleague.id == staff.id:
            raise NoSuchColleague
        if any(row.asked_id == colleague.id and row.advice is None for row in said.opinions(session, application.id)):
            raise OpinionOpen(colleague.name)
        opinion = SecondOpinion(
            id=new_id(),
            application_id=application.id,
            asked_by_id=staff.id,
            asked_by_name=staff.name,
            asked_id=colleague.id,
            asked_name=colleague.name,
            question=mask_numbers(body.question),
            asked_at=self._platform.clock.now(),
        )
        session.add(opinion)
        self._write(session, application, "opinion_asked", staff, {"opinion": opinion.id, "asked": colleague.id})
        return application

    def answer(
        self, session: Session, application_no: str, staff: StaffMember, opinion_id: str, body: AdviceIn
    ) -> Application:
        application = store.find_filed(session, application_no, lock=True)
        opinion = said.opinion(session, application.id, opinion_id)
        if opinion is None:
            raise NoSuchOpinion
        if opinion.asked_id != staff.id:
            raise NotAsked(opinion.asked_name)
        if opinion.advice is not None:
            raise AlreadyAnswered
        opinion.advice, opinion.text = body.advice, mask_numbers(body.text)
        opinion.answered_at = self._platform.clock.now()
        self._write(session, application, "opinion_given", staff, {"opinion": opinion.id, "advice": body.advice})
        return application

    def _write(
        self, session: Session, application: Application, what: str, staff: StaffMember, data: dict[str, object]
    ) -> None:
        """Into the trail alone: a colleague's decision on the same version must not be turned down for it."""
        now = self._platform.clock.now()
        by = By("staff", staff.id)
        audit.append(session, application, what, by, at=now, source=application.state, data=data)


def notes_of(session: Session, application: Application) -> list[NoteOut]:
    return [NoteOut(id=row.id, by=row.by_name, at=row.at, text=row.text) for row in said.notes(session, application.id)]


def opinions_of(session: Session, application: Application, staff: StaffMember) -> list[OpinionOut]:
    return [
        OpinionOut(
            id=row.id,
            asked_by=row.asked_by_name,
            asked=row.asked_name,
            question=row.question,
            asked_at=row.asked_at,
            advice=row.advice,
            text=row.text,
            answered_at=row.answered_at,
            mine=_waits_for(row, staff),
        )
        for row in said.opinions(session, application.id)
    ]


def actions_of(application: Application, staff: StaffMember, opinions: Sequence[OpinionOut]) -> list[str]:
    """What this member of the staff may say about it now."""
    actions = []
    if staff.role in NOTE_TAKERS:
        actions.append("note")
    if staff.role in ADVISERS and State(application.state) not in FINAL:
        actions.append("ask_opinion")
    if staff.role in ADVISERS and any(opinion.mine for opinion in opinions):
        actions.append("answer_opinion")
    return actions


def _waits_for(opinion: SecondOpinion, staff: StaffMember) -> bool:
    return opinion.asked_id == staff.id and opinion.advice is None
