"""A service process that reads what waits and is killed on the way: run by `test_survives_kill`, never imported."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select

from service.cases.reading import jobs as reading_jobs
from service.cases.reading.models import DocumentReading
from service.cases.reading.pages import Page
from service.cases.reading.service import Readings
from service.cases.reading.worker import Unread
from service.platform.clock import SystemClock
from service.platform.jobs import Copies, Jobs
from tests.service.cases.reading.papers import RECEIPT, page
from tests.service.cases.world import World, build_world


@dataclass
class Reader:
    """Cannot read what is a PNG; kills its whole service when told to."""

    kills: bool

    def read(self, content: bytes, content_type: str) -> list[Page]:
        if self.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        if content_type == "image/png":
            raise Unread("crashed")
        return [page(RECEIPT)]

    def close(self) -> None:
        """Holds nothing."""


def main(folder: Path, database_url: str, moment: str) -> int:
    with build_world(database_url, folder, SystemClock()) as world:
        reader = Reader(kills=moment == "while reading")
        reading_jobs.employ(Readings(replace(world.cases.parts, reader=reader)))
        jobs = Jobs(
            database_url=world.platform.settings.jobs_database,
            executor_id="the only copy",
            copies=Copies(world.platform.database, SystemClock(), "the only copy"),
        )
        jobs.queue(reading_jobs.QUEUE, **reading_jobs.QUEUE_LIMITS)
        jobs.start()
        world.platform.outbox.start()
        until = time.monotonic() + 80
        while _waiting(world) and time.monotonic() < until:
            time.sleep(0.2)
        world.platform.outbox.stop()
        jobs.stop()
        return int(_waiting(world) > 0)


def _waiting(world: World) -> int:
    with world.platform.database.session() as session:
        query = select(func.count()).select_from(DocumentReading).where(DocumentReading.state == "waiting")
        return session.scalar(query) or 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
