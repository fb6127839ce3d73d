"""Durable jobs on DBOS: set-up, queues, and the take-over of a dead copy's jobs by a living one."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig
from sqlalchemy import ColumnElement, String, delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from service.platform.clock import Clock
from service.platform.database import Base, Database, UtcDateTime
from service.platform.jobs_sqlite import create_jobs_engine

HEARTBEAT_SECONDS = 5.0
STOP_SECONDS = 3  # what does not end by then goes on at the next start
LAPSED_AFTER = timedelta(seconds=30)
#: Jobs of an older release go on in a newer one; a step that changes its meaning gets a new name instead.
JOBS_VERSION = "1"

log = structlog.get_logger(__name__)


class JobCopy(Base):
    """A running copy of the service, as long as it says so."""

    __tablename__ = "job_copies"

    executor_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Copies:
    """Which copies are alive, by their heartbeats in the database."""

    def __init__(self, database: Database, clock: Clock, executor_id: str) -> None:
        self._database = database
        self._clock = clock
        self._executor_id = executor_id

    def beat(self) -> None:
        now = self._clock.now()
        try:
            with self._database.begin() as session:
                mine = update(JobCopy).where(JobCopy.executor_id == self._executor_id).values(beat_at=now)
                if not session.execute(mine.returning(JobCopy.executor_id)).first():
                    session.add(JobCopy(executor_id=self._executor_id, beat_at=now))
        except IntegrityError:
            log.info("jobs.copy_registered_twice", executor_id=self._executor_id)

    def lapsed(self) -> list[str]:
        with self._database.session() as session:
            return list(session.scalars(select(JobCopy.executor_id).where(*self._is_lapsed())))

    def bury(self, executor_ids: list[str]) -> None:
        with self._database.begin() as session:
            session.execute(delete(JobCopy).where(JobCopy.executor_id.in_(executor_ids), *self._is_lapsed()))

    def _is_lapsed(self) -> tuple[ColumnElement[bool], ...]:
        return (JobCopy.beat_at < self._clock.now() - LAPSED_AFTER, JobCopy.executor_id != self._executor_id)


class Jobs:
    """DBOS for this process. Queues are named before `start` and registered with DBOS after its launch."""

    def __init__(self, *, database_url: str, executor_id: str, copies: Copies) -> None:
        self._config: DBOSConfig = {
            "name": "pos-assistant",
            "system_database_url": database_url,
            "executor_id": executor_id,
            "application_version": JOBS_VERSION,
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        self._engine = create_jobs_engine(database_url) if database_url.startswith("sqlite") else None
        if self._engine is not None:
            self._config["system_database_engine"] = self._engine
        self._copies = copies
        self._queues: dict[str, dict[str, Any]] = {}
        self._on_start: list[Callable[[], None]] = []
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def queue(self, name: str, **limits: Any) -> None:
        """`limits` as DBOS.register_queue takes them, for example worker_concurrency=2."""
        self._queues[name] = limits

    def on_start(self, action: Callable[[], None]) -> None:
        """Called once DBOS runs and the queues are there."""
        self._on_start.append(action)

    def start(self) -> None:
        DBOS(config=self._config)
        DBOS.launch()
        for name, limits in self._queues.items():
            DBOS.register_queue(name, **limits)
        for action in self._on_start:
            action()
        self._copies.beat()
        self._thread = threading.Thread(target=self._keep_beating, name="jobs-heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread:
            self._thread.join(timeout=10)
        DBOS.destroy(workflow_completion_timeout_sec=STOP_SECONDS)
        if self._engine is not None:
            self._engine.dispose()

    def take_over_lapsed(self) -> list[str]:
        """Re-enqueues the unfinished jobs of silent copies; DBOS lets exactly one runner have each.

        The silent copy is forgotten only afterwards: if this one dies in between, the next one does it again.
        """
        silent = self._copies.lapsed()
        if silent:
            log.warning("jobs.taken_over", copies=silent)
            DBOS._recover_pending_workflows(silent)  # DBOS 3.4 offers this to its own admin server only
            self._copies.bury(silent)
        return silent

    def _keep_beating(self) -> None:
        while not self._stopped.wait(HEARTBEAT_SECONDS):
            try:
                self._copies.beat()
                self.take_over_lapsed()
            except SQLAlchemyError as error:
                log.warning("jobs.database_away", error=type(error).__name__)
            except Exception:  # this thread must outlive whatever happens
                log.exception("jobs.take_over_failed")
