"""Applications as choices: readable, the newest first, never a wall of them, each leading to what waits in it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final

from actions.client import Json
from actions.errors import Refused
from actions.payloads import payload
from actions.state import TAKES_ANSWERS
from actions.talk import Button, Talk

MOST: Final = 5
_BEIJING: Final = timezone(timedelta(hours=8))
_TAKES_DOCUMENTS: Final = frozenset({"submitted", "documents_requested", "resting"})
_TAKES_A_LOOK: Final = frozenset({"agreement_pending", "paid"})
_NUMBER_TAIL: Final = 6


def open_applications(talk: Talk) -> list[Json]:
    """What the merchant has under way; nothing while the service does not know who it is."""
    try:
        return talk.service.applications()
    except Refused:
        return []


def waiting_for_merchant(lines: Iterable[Json]) -> list[Json]:
    """Those in which it is the merchant's turn."""
    waiting = TAKES_ANSWERS | _TAKES_DOCUMENTS | _TAKES_A_LOOK
    return [line for line in lines if line["state"] in waiting]


def go_on(application: Json) -> str:
    """The payload that takes up an application."""
    return payload("继续", application_no=application["application_no"])


def next_step(line: Json) -> str:
    """The payload that leads to what waits in an application."""
    if line["state"] in TAKES_ANSWERS:
        return go_on(line)
    intent = "补交材料" if line["state"] in _TAKES_DOCUMENTS else "查询进度"
    return payload(intent, application_no=line["application_no"])


def titles(lines: Sequence[Json]) -> list[str]:
    """Label, state and day; where two would read the same, the end of the number tells them apart."""
    plain = [f"{line['label']} · {line['state_title']} · {_day(line['updated_at'])}" for line in lines]
    counts = Counter(plain)
    return [
        title if counts[title] == 1 else f"{title} · 单号尾{line['application_no'][-_NUMBER_TAIL:]}"
        for title, line in zip(plain, lines)
    ]


def list_waiting(talk: Talk, lines: Sequence[Json]) -> None:
    """Says what waits for the merchant and offers it."""
    talk.say("您有下面这些事还等您处理，想接着办哪一件？也可以直接说别的。")
    if len(lines) > MOST:
        talk.say(f"这里只列最近的{MOST}件，更早的请把申请单号发给我。")
    shown = list(lines[:MOST])
    talk.offer(*(Button(title, next_step(line)) for title, line in zip(titles(shown), shown)))


def _day(moment: str) -> str:
    day = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(_BEIJING)
    return f"{day.month}月{day.day}日"
