"""Who may be handed over when, what counts as a result, and how a merchant's mood goes. Pure, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Literal, get_args

Reason = Literal["asked", "claimed", "angry", "not_understood"]
Skill = Literal["general", "review", "sales", "complaints"]
Status = Literal["bot", "waiting", "agent", "closed"]
Mood = Literal["calm", "upset", "angry"]
Ending = Literal["handed_back", "closed", "timed_out", "withdrawn"]

SKILLS: tuple[Skill, ...] = get_args(Skill)

HANDED_BACK_EVENT = "handed_back"
PHONE = "phone"  # the channel of calls: no bot speaks there, and nobody waits in a queue
OFFLINE_AFTER = timedelta(seconds=45)
SEEN_EVERY = timedelta(seconds=15)
MAX_CAPACITY = 20

#: What came of a person's service; the codes stand in reports, the texts on the console.
RESULTS: Mapping[str, str] = {
    "solved": "已解决",
    "filed": "已代为提交申请",
    "follow_up": "待跟进",
    "passed_on": "已转其他部门",
    "complaint": "已登记投诉",
    "unreachable": "对方没有回应",
    "other": "其他",
}

_LOUDER: Mapping[Mood, Mood] = {"calm": "upset", "upset": "angry", "angry": "angry"}
_CALMER: Mapping[Mood, Mood] = {"calm": "calm", "upset": "calm", "angry": "upset"}


def skill_of_team(team: str | None) -> Skill:
    """The skill that the team of a procedure stands for."""
    return next((skill for skill in SKILLS if skill == team), "general")


def bot_answers(status: str) -> bool:
    """While somebody waits for a person the bot goes on answering; while a person serves it is silent."""
    return status != "agent"


def next_mood(before: str, understood: Mapping[str, Any] | None) -> Mood:
    """Anger adds up and wears off message by message; a threat is the top at once."""
    mood: Mood = next((known for known in get_args(Mood) if known == before), "calm")
    tones = set(_tones(understood))
    if "threat" in tones:
        return "angry"
    return _LOUDER[mood] if "anger" in tones else _CALMER[mood]


def _tones(understood: Mapping[str, Any] | None) -> Iterable[str]:
    for entity in (understood or {}).get("entities") or ():
        if isinstance(entity, Mapping) and entity.get("entity") == "mood":
            yield str(entity.get("value"))
