"""The durable round that looks every minute at who waits too long. DBOS finds it by its name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dbos import DBOS

from service.conversations.desk.room import AgentRoom

EVERY_MINUTE = "* * * * *"

_room: list[AgentRoom] = []


def employ(room: AgentRoom) -> None:
    _room[:] = [room]


def schedule() -> None:
    """Called once DBOS runs."""
    DBOS.apply_schedules(
        [{"schedule_name": "conversations.watch", "workflow_fn": watch, "schedule": EVERY_MINUTE, "context": None}]
    )


@DBOS.workflow(name="conversations.watch")
def watch(_scheduled: datetime, _context: Any) -> None:
    watch_step()


@DBOS.step(name="conversations.watch_step")
def watch_step() -> int:
    return _room[0].timeouts.run()
