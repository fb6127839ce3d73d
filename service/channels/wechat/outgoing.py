"""What goes out as messages of our own: put down in order, merged and cut to as few as will hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.channels.wechat import offers, store, words
from service.channels.wechat.models import WechatOutgoing, WechatUser
from service.channels.wechat.parts import Parts
from service.channels.wechat.rendering import render
from service.channels.wechat.splitting import LIMIT, size, split
from service.channels.wechat.xml import clean
from service.conversations import MessageOut, said_after
from service.platform.database import notify
from service.platform.ids import new_id

ROOM_FOR_MORE = LIMIT - max(size(words.MORE), size(words.LAST_FOR_NOW))


@dataclass(frozen=True)
class Told:
    """What is to be read, and what it does to the list that a number means."""

    text: str = ""
    change: offers.Change | None = None


def queue(
    parts: Parts, session: Session, openid: str, texts: Iterable[str], *, receipt_id: int | None, now: datetime
) -> int | None:
    """The id of the last of them: choices stand at the end."""
    row = None
    for text in texts:
        for piece in split(text, ROOM_FOR_MORE):
            row = WechatOutgoing(
                openid=openid,
                receipt_id=receipt_id,
                reference=new_id(),
                sealed=parts.seal(piece, openid),
                next_at=now,
                created_at=now,
            )
            session.add(row)
            session.flush()  # their ids are their order
    notify(session, store.SIGNAL, openid)
    return row.id if row else None


def gather(parts: Parts, session: Session, user: WechatUser, *, up_to: int | None = None) -> Told:
    """What was said in the conversation and not yet told here, as one text; it counts as told from now on.

    `up_to`: only what belongs to this message of the user, or came before it.
    """
    scene = parts.scene(session, user.conversation_id)
    told: list[str] = []
    change: offers.Change | None = None
    messages = said_after(session, user.conversation_id, user.told_seq)
    with session.no_autoflush:  # the user's row is written once, at the end
        for message in messages:
            if up_to is not None and _answers_later(message, up_to):
                break
            user.told_seq = message.seq
            if message.sender == "merchant":
                continue
            if message.in_reply_to != up_to and _is_for_the_page(session, user, message):
                offers.seen_now(user, offers.ENDS)
                continue
            rendered = render(message.blocks, scene)
            change = _change(message, rendered.offered) or change
            if rendered.text:
                told.append(clean(rendered.text))
    return Told("\n\n".join(told), change)


def pump(parts: Parts, session: Session, user: WechatUser, now: datetime) -> None:
    """What came without being asked for, or too late for a reply, goes into the queue."""
    if not store.has_open_receipt(session, user.openid):  # else whoever waits for it decides
        queue_untold(parts, session, user, now)


def queue_untold(parts: Parts, session: Session, user: WechatUser, now: datetime) -> None:
    """The same, though somebody may wait for an answer."""
    told = gather(parts, session, user)
    if not told.text:
        offers.seen_now(user, told.change)
        return
    newest = store.newest_receipt(session, user.openid)
    last = queue(parts, session, user.openid, [told.text], receipt_id=newest, now=now)
    offers.seen_later(user, last, told.change)


def _answers_later(message: MessageOut, seq: int) -> bool:
    return message.in_reply_to is not None and message.in_reply_to > seq and message.sender != "merchant"


def _is_for_the_page(session: Session, user: WechatUser, message: MessageOut) -> bool:
    """An answer to what was written on the own page is seen there."""
    return message.in_reply_to is not None and not store.is_from_here(session, user.openid, message.in_reply_to)


def _change(message: MessageOut, offered: list[dict[str, str]]) -> offers.Change | None:
    """A question without choices ends the list before it, whoever asks; a notice in between does not."""
    if offered:
        return offers.Change({"seq": message.seq, "choices": offered})
    is_answer = message.sender == "bot" and message.in_reply_to is not None
    return offers.ENDS if is_answer or message.sender == "agent" else None
