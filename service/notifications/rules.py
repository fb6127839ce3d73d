"""When a notice is tried again, when it may disturb, what may be shown of an address. Pure."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Literal, get_args

from service.platform.clock import CHINA

ChannelName = Literal["sms", "email", "wechat", "webhook"]
CHANNELS: tuple[ChannelName, ...] = get_args(ChannelName)
DeliveryState = Literal["pending", "done", "dead"]

_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
MAX_ADDRESS_LENGTH = 200


def _waits(*spans: str) -> tuple[timedelta, ...]:
    units = {"s": "seconds", "m": "minutes", "h": "hours"}
    return tuple(timedelta(**{units[span[-1]]: int(span[:-1])}) for span in spans)


SCHEDULES: dict[ChannelName, tuple[timedelta, ...]] = {
    "sms": _waits("0s", "30s", "2m", "10m", "30m", "2h", "6h"),
    "wechat": _waits("0s", "30s", "2m", "10m", "30m", "2h", "6h"),
    "email": _waits("0s", "1m", "5m", "30m", "2h", "6h", "12h"),
    "webhook": _waits("0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"),
}
"""How long to wait before each attempt; after the last one the notice is dead. Webhooks as Standard Webhooks has it."""
JITTER = 0.1


def next_attempt(channel: ChannelName, attempts: int, now: datetime, chance: float) -> datetime | None:
    """When to try again after so many attempts, or None when it was the last; `chance` is between 0 and 1.

    A little later each time by chance, so that what failed together does not come back together.
    """
    waits = SCHEDULES[channel]
    if attempts >= len(waits):
        return None
    return now + waits[attempts] * (1 + JITTER * chance)


def not_before(now: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """The next moment that is not in the quiet hours of China, which go over midnight."""
    here = now.astimezone(CHINA)
    if quiet_until <= here.hour < quiet_from:
        return now
    morning = here.replace(hour=quiet_until, minute=0, second=0, microsecond=0)
    return (morning if here.hour < quiet_until else morning + timedelta(days=1)).astimezone(now.tzinfo)


def is_address(text: str) -> bool:
    return len(text) <= MAX_ADDRESS_LENGTH and _ADDRESS.fullmatch(text) is not None


def mask_address(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"


def digest_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
