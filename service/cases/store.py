"""All queries about applications, in one room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.accounts import Actor, Staff
from service.cases.dossier import Dossier
from service.cases.errors import NoSuchApplication
from service.cases.models import (
    Application,
    ApplicationAgreement,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationEvent,
    ApplicationFile,
    Payout,
    RefundLedger,
)
from service.cases.procedures.catalogue import Catalogue
from service.cases.rules import ACTIVE, OPEN
from service.cases.rules import Event as LifeEvent


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Drafts of this conversation that are nobody's yet, and everything of its verified merchant."""
    of_conversation = and_(Application.merchant_id.is_(None), Application.conversation_id == actor.conversation_id)
    if actor.merchant_id is None:
        return of_conversation
    return or_(of_conversation, Application.merchant_id == actor.merchant_id)


def find(session: Session, application_no: str, actor: Actor | None, *, lock: bool = False) -> Application:
    """`actor` is None for the staff, who may see every application."""
    query = select(Application).where(Application.application_no == application_no)
    if actor is not None:
        query = query.where(visible_to(actor))
    application = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if application is None:
        raise NoSuchApplication
    return application


def find_filed(session: Session, application_no: str, *, lock: bool = False) -> Application:
    """For the staff, who do not see drafts."""
    application = find(session, application_no, None, lock=lock)
    if application.submitted_at is None:
        raise NoSuchApplication
    return application


def dossier(session: Session, application: Application, catalogue: Catalogue) -> Dossier:
    return dossiers(session, [application], catalogue)[0]


def dossiers(session: Session, applications: Sequence[Application], catalogue: Catalogue) -> list[Dossier]:
    """Of many applications in as many queries as of one."""
    ids = [application.id for application in applications]
    answers = _grouped(session.scalars(select(ApplicationAnswer).where(ApplicationAnswer.application_id.in_(ids))))
    documents = _grouped(
        session.scalars(select(ApplicationDocument).where(ApplicationDocument.application_id.in_(ids)))
    )
    files = _grouped(
        session.scalars(
            select(ApplicationFile)
            .where(ApplicationFile.application_id.in_(ids))
            .order_by(ApplicationFile.created_at, ApplicationFile.id)
        )
    )
    return [
        Dossier(
            application=application,
            procedure=catalogue[application.procedure],
            answers=answers[application.id],
            documents=documents[application.id],
            files=files[application.id],
            facts=application.facts,
        )
        for application in applications
    ]


def _grouped[Row: (ApplicationAnswer, ApplicationDocument, ApplicationFile)](
    rows: Iterable[Row],
) -> defaultdict[str, list[Row]]:
    """By the application that they belong to."""
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.application_id].append(row)
    return grouped


def events(session: Session, application_id: str) -> Sequence[ApplicationEvent]:
    query = select(ApplicationEvent).where(ApplicationEvent.application_id == application_id)
    return session.scalars(query.order_by(ApplicationEvent.seq)).all()


def list_for(session: Session, actor: Actor, *, only_open: bool, limit: int = 50) -> Sequence[Application]:
    query = select(Application).where(visible_to(actor))
    if only_open:
        query = query.where(Application.state.in_(sorted(OPEN)))
    return session.scalars(query.order_by(Application.updated_at.desc()).limit(limit)).all()


def unowned(session: Session, conversation_id: str) -> Sequence[Application]:
    query = select(Application).where(Application.conversation_id == conversation_id, Application.merchant_id.is_(None))
    return session.scalars(query.with_for_update()).all()


def active_twin(session: Session, active_key: str, *, other_than: str) -> Application | None:
    query = select(Application).where(Application.active_key == active_key, Application.id != other_than)
    return session.scalars(query).first()


def same_subject(session: Session, application: Application) -> Sequence[Application]:
    """The merchant's other filed applications about the same thing."""
    if application.merchant_id is None or application.subject_key is None:
        return ()
    query = select(Application).where(
        Application.merchant_id == application.merchant_id,
        Application.subject_kind == application.subject_kind,
        Application.subject_key == application.subject_key,
        Application.id != application.id,
        Application.submitted_at.is_not(None),
    )
    return session.scalars(query.order_by(Application.submitted_at)).all()


def filed_by(session: Session, merchant_id: str) -> Sequence[Application]:
    """What the merchant has filed, the newest first."""
    query = select(Application).where(Application.merchant_id == merchant_id, Application.submitted_at.is_not(None))
    return session.scalars(query.order_by(Application.submitted_at.desc()).limit(50)).all()


def count_active(session: Session, merchant_id: str, *, other_than: str) -> int:
    query = select(func.count()).where(
        Application.merchant_id == merchant_id,
        Application.state.in_(sorted(ACTIVE)),
        Application.id != other_than,
    )
    return session.scalar(query) or 0


def deciders(session: Session, application_no: str) -> set[str]:
    """Who of the staff approved or rejected that application."""
    query = (
        select(ApplicationEvent.actor_id)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(
            Application.application_no == application_no,
            ApplicationEvent.actor_kind == "staff",
            ApplicationEvent.event.in_([LifeEvent.APPROVED, LifeEvent.REJECTED]),
        )
    )
    return set(session.scalars(query))


def file_by_id(session: Session, file_id: str) -> tuple[ApplicationFile, Application] | None:
    query = (
        select(ApplicationFile, Application)
        .join(Application, Application.id == ApplicationFile.application_id)
        .where(ApplicationFile.id == file_id)
    )
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def is_digest_used(session: Session, digest: str) -> bool:
    of_files = select(ApplicationFile.id).where(ApplicationFile.digest == digest)
    of_agreements = select(ApplicationAgreement.id).where(ApplicationAgreement.digest == digest)
    return session.scalars(of_files.union_all(of_agreements).limit(1)).first() is not None


def agreement(session: Session, application_id: str, *, digest: str | None = None) -> ApplicationAgreement | None:
    """The newest document of this application, or the newest with this digest."""
    query = select(ApplicationAgreement).where(ApplicationAgreement.application_id == application_id)
    if digest is not None:
        query = query.where(ApplicationAgreement.digest == digest)
    return session.scalars(query.order_by(ApplicationAgreement.number.desc()).limit(1)).first()


# --- money -----------------------------------------------------------------------------------------------------------


def ledger(session: Session, merchant_id: str, pot: str, *, lock: bool = False) -> RefundLedger | None:
    query = select(RefundLedger).where(RefundLedger.merchant_id == merchant_id, RefundLedger.pot == pot)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def committed_fen(session: Session, merchant_id: str, pot: str) -> int:
    row = ledger(session, merchant_id, pot)
    return row.committed_fen if row else 0


def add_ledger(session: Session, merchant_id: str, pot: str, ceiling_fen: int) -> None:
    """Two decisions may want to add the same row at once: the second finds it there."""
    values = {"merchant_id": merchant_id, "pot": pot, "ceiling_fen": ceiling_fen, "committed_fen": 0}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(RefundLedger).values(**values).on_conflict_do_nothing())


def payouts(session: Session, application_id: str) -> Sequence[Payout]:
    """All attempts, the newest last."""
    query = select(Payout).where(Payout.application_id == application_id)
    return session.scalars(query.order_by(Payout.attempt)).all()


def is_payout(session: Session, refund_no: str, adapter: str) -> bool:
    """Loads no row: what is not locked yet may be old by the time it is."""
    query = select(Payout.refund_no).where(Payout.refund_no == refund_no, Payout.adapter == adapter)
    return session.scalars(query).one_or_none() is not None


def newest_payout(session: Session, application_id: str) -> Payout | None:
    """The last attempt, locked; the application is locked before it, as everywhere."""
    query = select(Payout).where(Payout.application_id == application_id).order_by(Payout.attempt.desc()).limit(1)
    return session.scalars(query.with_for_update()).one_or_none()


def payout_by_no(session: Session, refund_no: str) -> tuple[Payout, Application]:
    """Both locked, the application first, as everywhere."""
    application_id = session.scalars(select(Payout.application_id).where(Payout.refund_no == refund_no)).one()
    application = session.scalars(select(Application).where(Application.id == application_id).with_for_update()).one()
    payout = session.scalars(select(Payout).where(Payout.refund_no == refund_no).with_for_update()).one()
    return payout, application


def staff_names(session: Session, ids: Collection[str]) -> dict[str, str]:
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids))) if ids else ()
    return {row[0]: row[1] for row in rows}
