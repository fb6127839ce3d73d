"""What is thrown away when its time is over: idempotency keys, deliveries, ended sessions, readings of documents."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from dbos import DBOS

from service import accounts, assist, cases, conversations, notifications
from service.platform import idempotency, outbox
from service.platform.context import Platform

EVERY_NIGHT = "23 19 * * *"  # UTC: the small hours in China

log = structlog.get_logger(__name__)
_platform: list[Platform] = []


def employ(platform: Platform) -> None:
    """The job stands at module level, where DBOS finds it by its name; this is what it works with."""
    _platform[:] = [platform]


def schedule() -> None:
    """Called once DBOS runs."""
    DBOS.apply_schedules(
        [{"schedule_name": "sweep", "workflow_fn": sweep_nightly, "schedule": EVERY_NIGHT, "context": None}]
    )


@DBOS.workflow(name="housekeeping.sweep")
def sweep_nightly(_scheduled: datetime, _context: Any) -> None:
    sweep_step()


@DBOS.step(name="housekeeping.sweep_step")
def sweep_step() -> None:
    sweep(_platform[0])


def sweep(platform: Platform) -> int:
    now = platform.clock.now()
    with platform.database.begin() as session:
        removed = idempotency.forget_before(session, now - timedelta(days=idempotency.KEPT_DAYS))
        removed += outbox.forget_before(session, now - timedelta(days=outbox.KEPT_DAYS))
        removed += accounts.forget_ended(session, now)
        removed += cases.forget_readings(session, now)
        removed += assist.forget_unseen(session, now - timedelta(days=assist.UNSEEN_DAYS))
        removed += conversations.forget_call_leftovers(session, now)
        removed += notifications.forget_done_before(session, now - timedelta(days=outbox.KEPT_DAYS))
    log.info("housekeeping.swept", rows=removed)
    return removed
