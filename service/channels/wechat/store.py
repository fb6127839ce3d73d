"""The queries of the bridge: everything that reads or writes its tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from service.channels.wechat.models import (
    WechatDeparture,
    WechatFormerConversation,
    WechatOutgoing,
    WechatReceipt,
    WechatTicket,
    WechatUser,
)

SIGNAL = "wechat outgoing"
SETTLES_AFTER = timedelta(seconds=8)
"""WeChat waits five seconds: when it has not asked again by then, it has the reply, or will never have it."""
WAITING = ("pending", "held", "sending")
KEPT = "kept"
PAPERS = ("image", "file", KEPT)
"""What is put into the checklist first (it is `kept` then), and told to the bot when no more of it is coming."""
ELSEWHERE = 0
"""The place of what was said in a conversation that its user has left."""
DEPARTURES_KEPT = timedelta(hours=1)
"""WeChat repeats within seconds, and nothing that it tells of comes an hour late."""
_FEW = 50


# Built once, since they run for every message.
_USER = (
    select(WechatUser)
    .where(WechatUser.openid == bindparam("openid"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_STANDING = select(
    select(WechatReceipt.id).where(WechatReceipt.key == bindparam("key")).scalar_subquery(),
    exists().where(WechatReceipt.openid == bindparam("openid"), WechatReceipt.processed_at.is_(None)),
    exists().where(WechatOutgoing.openid == bindparam("openid"), WechatOutgoing.state == "held"),
    exists().where(WechatDeparture.blind == bindparam("blind"), WechatDeparture.left >= bindparam("moment")),
)
_GLANCE = (
    select(WechatReceipt, WechatUser.conversation_id)
    .join(WechatUser, WechatUser.openid == WechatReceipt.openid)
    .where(WechatReceipt.id == bindparam("receipt_id"))
)
_EARLIER = select(WechatReceipt.state, WechatReceipt.decided_at).where(
    WechatReceipt.openid == bindparam("openid"),
    WechatReceipt.id < bindparam("before"),
    or_(
        WechatReceipt.state == "taken",
        and_(WechatReceipt.state == "passive", WechatReceipt.last_try_at > bindparam("unsettled")),
    ),
)
_WAITING = (
    select(WechatOutgoing)
    .where(WechatOutgoing.openid == bindparam("openid"), WechatOutgoing.state.in_(WAITING))
    .order_by(WechatOutgoing.id)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Standing:
    """What is there of a user when something new comes: its receipt, if it is a repeat; and what waits."""

    known: int | None
    has_unprocessed: bool
    has_held: bool
    left_since: bool
    """The user has left after they did this."""


def user(session: Session, openid: str) -> WechatUser | None:
    """Locked: whatever is decided about this user is decided under its row."""
    return session.scalars(_USER, {"openid": openid}).one_or_none()


def standing(session: Session, openid: str, key: str, *, blind: str, moment: int) -> Standing:
    found = session.execute(_STANDING, {"openid": openid, "key": key, "blind": blind, "moment": moment})
    return Standing(*found.one())


def user_of_openid(session: Session, openid: str) -> WechatUser | None:
    """Only to look at."""
    return session.get(WechatUser, openid)


def user_of(session: Session, conversation_id: str) -> WechatUser | None:
    return session.scalars(select(WechatUser).where(WechatUser.conversation_id == conversation_id)).one_or_none()


def users_of(session: Session, conversation_ids: Sequence[str]) -> Sequence[WechatUser]:
    return session.scalars(select(WechatUser).where(WechatUser.conversation_id.in_(conversation_ids))).all()


def openids_of(session: Session, conversation_ids: Sequence[str]) -> list[str]:
    """Whose conversations these are, or were."""
    owners = (
        select(table.openid).where(table.conversation_id.in_(conversation_ids))
        for table in (WechatUser, WechatFormerConversation)
    )
    return sorted({openid for query in owners for openid in session.scalars(query)})


def users_among(session: Session, keys: Sequence[str]) -> Sequence[WechatUser]:
    """By openid or by conversation."""
    query = select(WechatUser).where(or_(WechatUser.openid.in_(keys), WechatUser.conversation_id.in_(keys)))
    return session.scalars(query).all()


def receipt(session: Session, receipt_id: int) -> WechatReceipt | None:
    return session.get(WechatReceipt, receipt_id, with_for_update=True, populate_existing=True)


def receipt_of_key(session: Session, key: str) -> WechatReceipt | None:
    return session.scalars(select(WechatReceipt).where(WechatReceipt.key == key).with_for_update()).one_or_none()


def is_kept(session: Session, key: str) -> bool:
    """Whether this paper is in a checklist already."""
    return _any(session, and_(WechatReceipt.key == key, WechatReceipt.kind == KEPT))


def user_of_receipt(session: Session, receipt_id: int) -> WechatUser | None:
    """Locked, as `user` is."""
    query = select(WechatUser).join(WechatReceipt, WechatReceipt.openid == WechatUser.openid)
    return session.scalars(query.where(WechatReceipt.id == receipt_id).with_for_update(of=WechatUser)).one_or_none()


def glance(session: Session, receipt_id: int) -> tuple[WechatReceipt, str] | None:
    """A receipt and its conversation, only to look at."""
    row = session.execute(_GLANCE, {"receipt_id": receipt_id}).one_or_none()
    return (row[0], row[1]) if row else None


def openid_of(session: Session, receipt_id: int) -> str | None:
    return session.scalar(select(WechatReceipt.openid).where(WechatReceipt.id == receipt_id))


def unprocessed_before(session: Session, openid: str, receipt_id: int) -> Sequence[int]:
    """What this user did earlier and is not taken in yet; in order."""
    query = select(WechatReceipt.id).where(
        WechatReceipt.openid == openid, WechatReceipt.id < receipt_id, WechatReceipt.processed_at.is_(None)
    )
    return session.scalars(query.order_by(WechatReceipt.id).limit(_FEW)).all()


def must_wait_for_earlier(session: Session, receipt: WechatReceipt, now: datetime) -> bool:
    """Whether something earlier has no decision yet, or a reply that may have to be given again."""
    rows = session.execute(_EARLIER, {"openid": receipt.openid, "before": receipt.id, "unsettled": now - SETTLES_AFTER})
    return any(state == "taken" or _is_in_doubt(decided_at, receipt.created) for state, decided_at in rows)


def has_open_receipt(session: Session, openid: str) -> bool:
    return _any(session, and_(WechatReceipt.openid == openid, WechatReceipt.state == "taken"))


def openids_with_open_receipt(session: Session, openids: Sequence[str]) -> set[str]:
    query = select(WechatReceipt.openid).where(WechatReceipt.openid.in_(openids), WechatReceipt.state == "taken")
    return set(session.scalars(query))


def in_doubt_until(session: Session, openid: str, before: int, created: int, now: datetime) -> datetime | None:
    """Until when an earlier passive reply may still be lost and asked for again."""
    query = select(WechatReceipt).where(
        WechatReceipt.openid == openid,
        WechatReceipt.id < before,
        WechatReceipt.state == "passive",
        WechatReceipt.last_try_at > now - SETTLES_AFTER,
    )
    doubtful = [row for row in session.scalars(query) if _is_in_doubt(row.decided_at, created)]
    return max((row.last_try_at + SETTLES_AFTER for row in doubtful), default=None)


def _is_in_doubt(replied_at: datetime | None, created: int) -> bool:
    """Who wrote after a reply was given has seen it; who wrote before it must not get the next answer first."""
    return replied_at is not None and created <= replied_at.timestamp()


def has_later_picture(session: Session, receipt: WechatReceipt) -> bool:
    return _any(
        session,
        and_(
            WechatReceipt.openid == receipt.openid,
            WechatReceipt.id > receipt.id,
            WechatReceipt.kind.in_(PAPERS),
            WechatReceipt.processed_at.is_not(None),
            WechatReceipt.words.is_(None),
        ),
    )


def pictures_in_hand(session: Session, openid: str) -> Sequence[WechatReceipt]:
    """Pictures that were kept and of which the bot has not been told."""
    query = select(WechatReceipt).where(
        WechatReceipt.openid == openid,
        WechatReceipt.kind.in_(PAPERS),
        WechatReceipt.processed_at.is_not(None),
        WechatReceipt.message_seq.is_(None),
        WechatReceipt.words.is_(None),
    )
    return session.scalars(query.order_by(WechatReceipt.id)).all()


def users_with_pictures_due(session: Session, now: datetime) -> Sequence[str]:
    return session.scalars(select(WechatUser.openid).where(WechatUser.pictures_until <= now).limit(_FEW)).all()


def is_from_here(session: Session, openid: str, seq: int) -> bool:
    """Whether this message of the conversation was written in WeChat, and not on the page."""
    return _any(session, and_(WechatReceipt.openid == openid, WechatReceipt.message_seq == seq))


def take_elsewhere(session: Session, openid: str, now: datetime) -> None:
    """The conversation is left: no place in the next one is meant by these, and nobody waits for an answer to them."""
    receipts = update(WechatReceipt).where(WechatReceipt.openid == openid, WechatReceipt.processed_at.is_not(None))
    untold_pictures = and_(WechatReceipt.kind.in_(PAPERS), WechatReceipt.words.is_(None))
    stood_there = or_(WechatReceipt.message_seq.is_not(None), untold_pictures)
    session.execute(receipts.where(stood_there).values(message_seq=ELSEWHERE))
    is_open = and_(WechatReceipt.message_seq == ELSEWHERE, WechatReceipt.state == "taken")
    session.execute(receipts.where(is_open, WechatReceipt.words.is_(None)).values(state="quiet", decided_at=now))


def newest_receipt(session: Session, openid: str) -> int | None:
    return session.scalar(
        select(WechatReceipt.id).where(WechatReceipt.openid == openid).order_by(WechatReceipt.id.desc()).limit(1)
    )


def left_behind(session: Session, before: datetime, *, voices_before: datetime) -> Sequence[int]:
    """Receipts for which nobody waits any more, and that are not taken in or decided on; listening takes longer."""
    found: set[int] = set()
    is_over = and_(
        WechatReceipt.last_try_at < before,
        or_(
            WechatReceipt.kind != "voice",
            WechatReceipt.processed_at.is_not(None),
            WechatReceipt.last_try_at < voices_before,
        ),
    )
    for condition in (WechatReceipt.state == "taken", WechatReceipt.processed_at.is_(None)):
        query = select(WechatReceipt.id).where(condition, is_over)
        found |= set(session.scalars(query.order_by(WechatReceipt.id).limit(_FEW)))
    return sorted(found)


def waiting(session: Session, openid: str) -> Sequence[WechatOutgoing]:
    return session.scalars(_WAITING, {"openid": openid}).all()


def users_to_send_to(session: Session, now: datetime) -> Sequence[str]:
    """Whose next message is due and whom nobody has in hand."""
    query = (
        select(WechatOutgoing.openid)
        .join(WechatUser, WechatUser.openid == WechatOutgoing.openid)
        .where(WechatOutgoing.state.in_(("pending", "sending")), WechatOutgoing.next_at <= now)
        .where(or_(WechatUser.lease_until.is_(None), WechatUser.lease_until <= now))
        .distinct()
        .limit(_FEW)
    )
    return session.scalars(query).all()


def conversations_with_held(session: Session, conversation_ids: Collection[str]) -> set[str]:
    """Those whose user has to write before all that was said there can be shown."""
    query = (
        select(WechatUser.conversation_id)
        .join(WechatOutgoing, WechatOutgoing.openid == WechatUser.openid)
        .where(WechatUser.conversation_id.in_(conversation_ids), WechatOutgoing.state == "held")
        .distinct()
    )
    return set(session.scalars(query)) if conversation_ids else set()


def unhold(session: Session, openid: str, now: datetime) -> None:
    """A new act of the user opened a window: what waited for it may go."""
    session.execute(
        update(WechatOutgoing)
        .where(WechatOutgoing.openid == openid, WechatOutgoing.state == "held")
        .values(state="pending", next_at=now)
    )


def drop_waiting(session: Session, openid: str, reason: str, now: datetime) -> None:
    session.execute(
        update(WechatOutgoing)
        .where(WechatOutgoing.openid == openid, WechatOutgoing.state.in_(WAITING))
        .values(state="dropped", error=reason, done_at=now)
    )


def newest_ticket(session: Session, merchant_id: str) -> WechatTicket | None:
    query = select(WechatTicket).where(WechatTicket.merchant_id == merchant_id)
    return session.scalars(query.order_by(WechatTicket.expires_at.desc()).limit(1)).one_or_none()


def void_unused_tickets(session: Session, merchant_id: str) -> None:
    session.execute(delete(WechatTicket).where(WechatTicket.merchant_id == merchant_id, WechatTicket.used_by.is_(None)))


def void_tickets(session: Session, merchant_id: str) -> None:
    """Used ones too: who was tied by one could scan it again."""
    session.execute(delete(WechatTicket).where(WechatTicket.merchant_id == merchant_id))


def mark_undelivered(session: Session, reference: str, reason: str, now: datetime) -> None:
    """Of a message that was taken from us: it is over, whatever we thought of it."""
    session.execute(
        update(WechatOutgoing)
        .where(WechatOutgoing.reference == reference, WechatOutgoing.state.in_(("sending", "sent", "unknown")))
        .values(state="dropped", error=reason, done_at=now)
    )


def former_conversations(session: Session, openid: str) -> Sequence[str]:
    query = select(WechatFormerConversation.conversation_id).where(WechatFormerConversation.openid == openid)
    return session.scalars(query.order_by(WechatFormerConversation.conversation_id)).all()


def forget_user(session: Session, openid: str) -> None:
    session.execute(delete(WechatTicket).where(WechatTicket.used_by == openid))
    for table in (WechatOutgoing, WechatReceipt, WechatFormerConversation, WechatUser):
        session.execute(delete(table).where(table.openid == openid))


def did_something_after(session: Session, openid: str, moment: int) -> bool:
    """By WeChat's clock."""
    return _any(session, and_(WechatReceipt.openid == openid, WechatReceipt.created > moment))


def note_departure(session: Session, blind: str, left: int, now: datetime) -> bool:
    """False when it is noted already, or a later one is."""
    noted = session.get(WechatDeparture, blind, populate_existing=True)
    if noted is None:
        session.add(WechatDeparture(blind=blind, left=left, noted_at=now))
        return True
    if noted.left >= left:
        return False
    noted.left, noted.noted_at = left, now
    return True


def forget_departures(session: Session, now: datetime) -> None:
    session.execute(delete(WechatDeparture).where(WechatDeparture.noted_at < now - DEPARTURES_KEPT))


def forget_before(session: Session, moment: datetime) -> None:
    """What is over and only told of repeats, of which there are none after so long."""
    session.execute(delete(WechatReceipt).where(WechatReceipt.received_at < moment, WechatReceipt.state != "taken"))
    session.execute(delete(WechatDeparture).where(WechatDeparture.noted_at < moment))
    session.execute(
        delete(WechatOutgoing).where(WechatOutgoing.created_at < moment, WechatOutgoing.state.not_in(WAITING))
    )


def _any(session: Session, condition: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(condition))))
