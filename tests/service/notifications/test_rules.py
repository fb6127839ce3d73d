"""When a notice is tried again, when it may disturb, what is shown of an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.notifications.rules import (
    CHANNELS,
    JITTER,
    SCHEDULES,
    ChannelName,
    is_address,
    mask_address,
    next_attempt,
    not_before,
)
from service.platform.clock import CHINA

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_webhooks_keep_the_schedule_of_the_standard() -> None:
    waits = [wait.total_seconds() for wait in SCHEDULES["webhook"]]
    assert waits == [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]


@given(st.sampled_from(CHANNELS), st.integers(1, 12), st.floats(0, 1))
def test_each_attempt_comes_when_the_schedule_says_or_a_little_later(
    channel: ChannelName, attempts: int, chance: float
) -> None:
    again = next_attempt(channel, attempts, NOW, chance)
    if attempts >= len(SCHEDULES[channel]):
        assert again is None
    else:
        wait = SCHEDULES[channel][attempts]
        assert again is not None
        assert wait <= again - NOW <= wait * (1 + JITTER) + timedelta(microseconds=1)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001
def test_quiet_hours_move_to_the_next_morning_and_never_further(moment: datetime) -> None:
    here = moment.replace(tzinfo=CHINA)
    later = not_before(here.astimezone(UTC), 21, 8).astimezone(CHINA)
    assert 8 <= later.hour < 21
    assert timedelta(0) <= later - here <= timedelta(hours=11)
    if 8 <= here.hour < 21:
        assert later == here
    else:
        assert (later.hour, later.minute) == (8, 0)


@pytest.mark.parametrize(
    "text",
    ["a@b.cn", "wang.xiao+pos@mail.example.com", "O'Neill@example.co"],
)
def test_usual_addresses_are_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a@b",
        "a b@c.cn",
        "a@b.cn\nBcc: x@y.cn",
        "a***@b.cn",
        "王@b.cn",
        "a@-b.cn",
        "a@b..cn",
        "a@b.cn,c@d.cn",
        "a" * 200 + "@b.cn",
    ],
)
def test_what_is_no_address_or_would_add_a_header_is_not(text: str) -> None:
    assert not is_address(text)


def test_of_an_address_only_the_first_letter_and_the_domain_are_shown() -> None:
    assert mask_address("wang.xiao@example.com") == "w***@example.com"
