"""The durable job that reads documents, one at a time in each copy. DBOS finds it by its name here."""

from __future__ import annotations

from typing import Any

import structlog
from dbos import DBOS, SetWorkflowID
from sqlalchemy.orm import Session

from service.cases.reading.service import Readings
from service.platform.outbox import Event

QUEUE = "reading"
QUEUE_LIMITS: dict[str, Any] = {"worker_concurrency": 1, "polling_interval_sec": 2.0}

log = structlog.get_logger(__name__)
_readings: list[Readings] = []


def employ(readings: Readings) -> None:
    """What the job works with; it stands at module level and finds it here."""
    _readings[:] = [readings]


def on_file_added(_session: Session, event: Event) -> None:
    """Queues the job under the file's name: however often this is told, there is one."""
    file_id = event.payload["file_id"]
    with SetWorkflowID(f"read-{file_id}"):
        DBOS.enqueue_workflow(QUEUE, read_document, file_id)


@DBOS.workflow(name="cases.read_document")
def read_document(file_id: str) -> None:
    try:
        read_step(file_id)
    except Exception as error:  # whatever one document does, the next one is read
        log.warning("reading.given_up", file=file_id, error=type(error).__name__)
        give_up_step(file_id)


@DBOS.step(name="cases.read_step", retries_allowed=True, interval_seconds=2.0, max_attempts=5, backoff_rate=2.0)
def read_step(file_id: str) -> None:
    _readings[0].make(file_id)


@DBOS.step(name="cases.give_up_step", retries_allowed=True, interval_seconds=5.0, max_attempts=10, backoff_rate=2.0)
def give_up_step(file_id: str) -> None:
    _readings[0].give_up(file_id)
