"""Kill -9 in the middle of a payout, with the real jobs on DBOS: after the restart it ends, paid once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from service.cases.models import SimulatedTransfer
from service.platform.clock import SystemClock
from tests.service.cases.world import build_world, paying

ROOT = Path(__file__).resolve().parents[4]


def run(folder: Path, database_url: str, refund_no: str, moment: str) -> int:
    command = [sys.executable, "-m", "tests.service.cases.payout.paying_process"]
    environment = {**os.environ, "PAYOUT_SIMULATED_SECONDS": "0.5"}
    done = subprocess.run(  # noqa: S603 - our own module
        [*command, str(folder), database_url, refund_no, moment], cwd=ROOT, env=environment, timeout=100, check=False
    )
    return done.returncode


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before sending", "before the answer is written down", "while asking"])
def test_a_payout_survives_being_killed(sqlite_url: str, tmp_path: Path, moment: str) -> None:
    survive(sqlite_url, tmp_path, moment)


@pytest.mark.slow
def test_a_payout_survives_being_killed_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    survive(postgres_url, tmp_path, "before the answer is written down")


def survive(database_url: str, tmp_path: Path, moment: str) -> None:
    with build_world(database_url, tmp_path, SystemClock()) as world:
        merchant, refund_no = paying(world)
        assert run(tmp_path, database_url, refund_no, moment) == -signal.SIGKILL
        assert merchant.app["state"] == "paying"
        assert run(tmp_path, database_url, refund_no, "never") == 0
        assert merchant.app["state"] == "paid"
        with world.platform.database.session() as session:
            assert [row.refund_no for row in session.scalars(select(SimulatedTransfer))] == [refund_no]
