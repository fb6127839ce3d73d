"""Canned replies: an agent's own and those of all, found by words, pinyin or initials, with the names filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pypinyin import Style, lazy_pinyin
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.accounts import Accounts, StaffMember
from service.cases import Cases
from service.conversations.desk.models import CannedReply
from service.conversations.schemas import clean_text
from service.platform.clock import Clock
from service.platform.ids import new_id
from service.platform.masking import redact
from service.platform.problems import Conflict, Forbidden, NotFound

MAX_OWN = 200
_SHOWN = 50


class TooManyReplies(Conflict):
    code, title = "too_many_replies", "常用语太多了"
    detail = "常用语已经有200条了，请先删掉不用的。"


class ReplyIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=60), AfterValidator(clean_text)]
    text: Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(clean_text)]
    shortcut: Annotated[str, Field(max_length=20), AfterValidator(clean_text)] = ""
    group: Annotated[str, Field(max_length=30), AfterValidator(clean_text)] = ""
    own: bool = True


class ReplyOut(BaseModel):
    id: str
    title: str
    text: str
    shortcut: str
    group: str
    own: bool


class ReplyList(BaseModel):
    items: list[ReplyOut]


class CannedReplies:
    """Each use case runs in the caller's transaction."""

    def __init__(self, clock: Clock, accounts: Accounts, cases: Cases) -> None:
        self._clock = clock
        self._identities = accounts.identities
        self._cases = cases

    def find(self, session: Session, staff: StaffMember, q: str, conversation_id: str) -> ReplyList:
        query = select(CannedReply).where(or_(CannedReply.owner_id.is_(None), CannedReply.owner_id == staff.id))
        rows = session.scalars(query.order_by(CannedReply.group, CannedReply.title, CannedReply.id)).all()
        ranked = sorted((row for row in rows if rank(row, q) is not None), key=lambda row: rank(row, q) or 0)
        names = self._names(session, staff, conversation_id) if conversation_id else {}
        return ReplyList(items=[_shown(row, names) for row in ranked[:_SHOWN]])

    def add(self, session: Session, staff: StaffMember, body: ReplyIn) -> ReplyOut:
        if not body.own:
            _require_lead(staff)
        own = select(CannedReply.id).where(CannedReply.owner_id == staff.id)
        if body.own and len(session.scalars(own).all()) >= MAX_OWN:
            raise TooManyReplies
        row = CannedReply(id=new_id(), owner_id=staff.id if body.own else None)
        _write(row, body, self._clock.now())
        session.add(row)
        session.flush()
        return _shown(row, {})

    def change(self, session: Session, staff: StaffMember, reply_id: str, body: ReplyIn) -> ReplyOut:
        row = _editable(session, staff, reply_id)
        if not body.own:
            _require_lead(staff)
        row.owner_id = staff.id if body.own else None
        _write(row, body, self._clock.now())
        session.flush()
        return _shown(row, {})

    def remove(self, session: Session, staff: StaffMember, reply_id: str) -> None:
        session.delete(_editable(session, staff, reply_id))

    def _names(self, session: Session, staff: StaffMember, conversation_id: str) -> dict[str, str]:
        """What is not known stays as its name in braces, so that nobody sends a hole without seeing it."""
        names = {"{坐席}": staff.name}
        merchant = self._identities.names_of(session, [conversation_id]).get(conversation_id)
        matter = self._cases.matters(session, [conversation_id]).get(conversation_id)
        if merchant is not None:
            names["{商户名}"] = merchant.name
        if matter is not None:
            names["{申请单号}"] = matter.application_no
        return names


def keep_common_replies(session: Session, replies: Sequence[ReplyIn], *, now: datetime) -> None:
    """Adds those whose title no common reply has."""
    known = set(session.scalars(select(CannedReply.title).where(CannedReply.owner_id.is_(None))))
    for reply in replies:
        if reply.title not in known:
            row = CannedReply(id=new_id())
            _write(row, reply, now)
            session.add(row)


def _write(row: CannedReply, body: ReplyIn, now: datetime) -> None:
    row.title, row.text = body.title, redact(body.text)
    row.shortcut, row.group = body.shortcut, body.group
    row.sound = sound_of(f"{row.title}\n{row.text}")
    row.updated_at = now


def sound_of(text: str) -> str:
    """In pinyin, and below it in initials."""
    return f"{''.join(lazy_pinyin(text))}\n{''.join(lazy_pinyin(text, style=Style.FIRST_LETTER))}".lower()


def rank(row: CannedReply, q: str) -> int | None:
    """How well it fits, the best first: the shortcut, the title, the text, the sound; None when it does not."""
    words = q.strip().lower()
    if not words:
        return 0
    places = (row.shortcut.lower(), row.title.lower(), row.text.lower(), row.sound)
    if words == places[0]:
        return 0
    return next((number for number, place in enumerate(places, start=1) if words in place), None)


def _editable(session: Session, staff: StaffMember, reply_id: str) -> CannedReply:
    row = session.get(CannedReply, reply_id)
    if row is None or row.owner_id not in (None, staff.id):
        raise NotFound
    if row.owner_id is None:
        _require_lead(staff)
    return row


def _require_lead(staff: StaffMember) -> None:
    if staff.role != "lead":
        raise Forbidden("大家共用的常用语由组长维护，您可以存成自己的。")


def _shown(row: CannedReply, names: Mapping[str, str]) -> ReplyOut:
    text = row.text
    for name, value in names.items():
        text = text.replace(name, value)
    return ReplyOut(
        id=row.id, title=row.title, text=text, shortcut=row.shortcut, group=row.group, own=row.owner_id is not None
    )
