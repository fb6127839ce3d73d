"""Hours, moods and skills, without a database."""

from datetime import UTC, date, datetime

import pytest

from service.conversations.desk import rules
from service.conversations.desk.hours import AgentHours, say_opening
from service.platform.settings import SettingsError, load_settings


def working(day: date) -> bool:
    return day.weekday() < 5


HOURS = AgentHours("09:00-18:00", working)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 23, 0, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 9, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), False),
    ],
)
def test_the_hours_are_those_of_china(moment: datetime, is_open: bool) -> None:
    assert HOURS.is_open(moment) is is_open
    assert AgentHours("always", working).is_open(moment)


def test_the_next_opening_is_on_a_day_that_is_worked() -> None:
    friday_night = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert say_opening(HOURS.next_opening(friday_night), friday_night) == "11月30日9:00"
    early = datetime(2026, 11, 26, 22, 0, tzinfo=UTC)
    assert say_opening(HOURS.next_opening(early), early) == "今天9:00"


def test_anger_adds_up_and_wears_off() -> None:
    anger = {"entities": [{"entity": "mood", "value": "anger"}]}
    threat = {"entities": [{"entity": "mood", "value": "threat"}]}
    assert rules.next_mood("calm", anger) == "upset"
    assert rules.next_mood("upset", anger) == "angry"
    assert rules.next_mood("calm", threat) == "angry"
    assert rules.next_mood("angry", {"entities": []}) == "upset"
    assert rules.next_mood("upset", None) == "calm"


def test_a_team_without_agents_of_its_own_is_general() -> None:
    assert [rules.skill_of_team(team) for team in ("review", "complaints", None, "moon")] == [
        "review",
        "complaints",
        "general",
        "general",
    ]


@pytest.mark.parametrize("hours", ["9-18", "18:00-09:00", "25:00-26:00"])
def test_hours_that_cannot_be_are_refused_at_the_start(hours: str) -> None:
    secrets = {"service_token": "t" * 40, "secret_key": "k" * 40, "vault_keys": "a:" + "a2tr" * 10 + "a2s="}
    with pytest.raises(SettingsError, match="AGENT_HOURS"):
        load_settings({**secrets, "agent_hours": hours})
