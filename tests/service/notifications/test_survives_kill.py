"""Kill -9 while notices go out: after the restart each arrives, under the id that it had before."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.notifications.sender import LEASE
from tests.service.cases.world import in_review
from tests.service.notifications.receiver import Receiver
from tests.service.notifications.world import World

ROOT = Path(__file__).resolve().parents[3]


def run(folder: Path, database_url: str, moment: str, now: datetime) -> int:
    command = [sys.executable, "-m", "tests.service.notifications.sending_process"]
    done = subprocess.run(  # noqa: S603 - our own module
        [*command, str(folder), database_url, moment, now.isoformat()], cwd=ROOT, timeout=200, check=False
    )
    return done.returncode


@pytest.mark.slow
@pytest.mark.timeout(500)
@pytest.mark.parametrize(
    ("moment", "calls"), [("before it is sent", 2), ("before it is written down", 3)], ids=["before", "after"]
)
def test_a_notice_survives_being_killed(
    world: World, tmp_path: Path, receiver: Receiver, moment: str, calls: int
) -> None:
    in_review(world)
    world.listen()
    now, database_url = world.clock.now(), world.platform.database.url
    assert run(tmp_path, database_url, moment, now) == -signal.SIGKILL
    assert run(tmp_path, database_url, "never", now + LEASE + timedelta(seconds=1)) == 0
    sent = [delivery.id for delivery in world.deliveries("webhook")]
    assert {delivery.state for delivery in world.deliveries("webhook")} == {"done"}
    assert len(receiver.ids) == calls
    assert set(receiver.ids) == set(sent)
