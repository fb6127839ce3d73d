"""Kill -9 in the middle of a reading, with the real jobs on DBOS: after the restart everything is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.platform.clock import SystemClock
from tests.service.cases.world import REFUND_ANSWERS, build_world, picture

ROOT = Path(__file__).resolve().parents[4]


def run(folder: Path, database_url: str, moment: str) -> int:
    command = [sys.executable, "-m", "tests.service.cases.reading.reading_process"]
    done = subprocess.run(  # noqa: S603 - our own module
        [*command, str(folder), database_url, moment], cwd=ROOT, env={**os.environ}, timeout=110, check=False
    )
    return done.returncode


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_reading_survives_being_killed_and_one_that_fails_holds_up_no_other(sqlite_url: str, tmp_path: Path) -> None:
    with build_world(sqlite_url, tmp_path, SystemClock()) as world:
        merchant = world.merchant()
        merchant.open("deposit_refund")
        merchant.fill(REFUND_ANSWERS)
        merchant.submit()
        merchant.upload("contract", picture(kind="PNG"))
        merchant.upload("deposit_receipt")
        assert run(tmp_path, sqlite_url, "while reading") == -signal.SIGKILL
        assert states(world.staff().detail(merchant.no)) == ["waiting", "waiting"]
        assert run(tmp_path, sqlite_url, "never") == 0
        assert states(world.staff().detail(merchant.no)) == ["failed", "read"]


def states(detail: dict[str, dict[str, dict[str, str]]]) -> list[str]:
    return sorted(reading["state"] for reading in detail["readings"].values())
