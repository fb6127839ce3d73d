"""What the numbers on a user's screen stand for: the list that was shown last, and lists that are still on their way.

All of it stands in the user's row, and is read and changed under its lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.channels.wechat.models import WechatUser

Offer = dict[str, Any]
"""`seq` of the message, and `choices`: id and title of each, in the order of their numbers."""
_COMING = "coming"


@dataclass(frozen=True)
class Change:
    """What a text does to the list before it: puts another in its place, or ends it, so that a number is a number."""

    offer: Offer | None = None


ENDS = Change()


def shown(user: WechatUser) -> Offer | None:
    """The list that a number means."""
    return {name: user.offered[name] for name in ("seq", "choices")} if user.offered and "seq" in user.offered else None


def seen_now(user: WechatUser, change: Change | None) -> None:
    """The text is on the screen, or as good as there."""
    if change is not None:
        _keep(user, change.offer, _coming(user))


def seen_later(user: WechatUser, outgoing_id: int | None, change: Change | None) -> None:
    """It will be when this message has gone out; until then the list before it holds."""
    if change is not None and outgoing_id is not None:
        _keep(user, shown(user), [*_coming(user), {"outgoing": outgoing_id, "offer": change.offer}])


def gone_out(user: WechatUser, outgoing_id: int) -> None:
    """Messages go out in order: whatever came before this one is over."""
    mine = [each for each in _coming(user) if each["outgoing"] == outgoing_id]
    rest = [each for each in _coming(user) if each["outgoing"] > outgoing_id]
    _keep(user, mine[-1]["offer"] if mine else shown(user), rest)


def in_doubt(user: WechatUser, outgoing_id: int) -> None:
    """Nobody knows whether it was shown: if it would change the list, a number means nothing until the next one."""
    if any(each["outgoing"] == outgoing_id for each in _coming(user)):
        _keep(user, None, [each for each in _coming(user) if each["outgoing"] > outgoing_id])


def _coming(user: WechatUser) -> list[dict[str, Any]]:
    coming: list[dict[str, Any]] = (user.offered or {}).get(_COMING, [])
    return coming


def _keep(user: WechatUser, offer: Offer | None, coming: list[dict[str, Any]]) -> None:
    kept = {**(offer or {}), **({_COMING: coming} if coming else {})}
    if (kept or None) != user.offered:
        user.offered = kept or None
