"""Whose an application is: found for its owner, and made the merchant's own once the merchant is known."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.accounts import Actor, MerchantRecord
from service.cases import store, subjects
from service.cases.audit import By
from service.cases.models import Application, ApplicationAnswer
from service.cases.parts import Parts
from service.cases.procedures.model import Procedure
from service.cases.subjects import Subject
from service.platform.problems import VersionConflict


class Owners:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def locked(self, session: Session, application_no: str, actor: Actor) -> Application:
        """The actor's application, to be changed in this transaction."""
        application = store.find(session, application_no, actor, lock=True)
        if application.merchant_id is None:
            self.adopt(session, application, actor.merchant_id)
        # Notices go where the merchant last did something.
        application.conversation_id = actor.conversation_id
        return application

    def adopt(self, session: Session, application: Application, merchant_id: str | None) -> None:
        """Makes it the merchant's, and takes up what the merchant wanted it to be about."""
        merchant = self._parts.directory.get(merchant_id) if merchant_id else None
        if merchant is None:
            return
        wanted = application.prefill.get("subject")
        application.merchant_id = merchant.id
        application.merchant_no, application.merchant_name = merchant.merchant_no, merchant.name
        application.prefill = {}
        procedure = self._parts.catalogue[application.procedure]
        if wanted and procedure.subject and procedure.subject_kind:
            offered = subjects.subjects_for(self._parts, session, merchant.id, procedure.subject_kind)
            subject = subjects.find(offered, wanted)
            if subject and subject.fits(procedure.subject):
                self._answer(session, application, procedure.subject.field, subject)

    def _answer(self, session: Session, application: Application, field: str, subject: Subject) -> None:
        take(application, subject)
        session.merge(
            ApplicationAnswer(
                application_id=application.id,
                field=field,
                value=subject.key,
                display=subject.display,
                answered_at=self._parts.platform.clock.now(),
            )
        )
        session.flush()

    def is_wrong_party(self, procedure: Procedure, merchant_id: str | None) -> bool:
        """Whether somebody known is not who this procedure is for."""
        merchant = self._parts.directory.get(merchant_id) if merchant_id else None
        return merchant is not None and not suits(procedure, merchant)


def suits(procedure: Procedure, merchant: MerchantRecord) -> bool:
    return procedure.who_may in ("anyone", f"verified_{merchant.kind}")


def take(application: Application, subject: Subject | None) -> None:
    """Writes down what the application is about."""
    application.subject_kind = subject.kind if subject else None
    application.subject_key = subject.key if subject else None
    application.subject = {"title": subject.title, **subject.shown} if subject else None


def by(actor: Actor) -> By:
    if actor.kind == "agent":
        return By("staff", actor.staff_id or "")
    return By(actor.kind, actor.merchant_id or actor.conversation_id)


def refuse_old_version(application: Application, version: int) -> None:
    if application.version != version:
        raise VersionConflict
