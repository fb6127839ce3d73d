"""A service process that pays one refund and is killed on the way: run by `test_survives_kill`, never imported."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from service.cases.jobs import employed
from service.cases.payout.port import PayoutAnswer, PayoutOrder, Route
from service.platform.clock import SystemClock
from service.platform.jobs import Copies, Jobs
from tests.service.cases.world import build_world


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Murderous:
    """Kills the process before or after the bank has taken the order."""

    name = "simulated"

    def __init__(self, bank: object, moment: str) -> None:
        self._bank = bank
        self._moment = moment

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        if self._moment == "before sending":
            die()
        answer: PayoutAnswer = self._bank.pay(order)  # type: ignore[attr-defined]
        if self._moment == "before the answer is written down":
            die()
        return answer

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        if self._moment == "while asking":
            die()
        answer: PayoutAnswer = self._bank.query(refund_no)  # type: ignore[attr-defined]
        return answer


def main(folder: Path, database_url: str, refund_no: str, moment: str) -> int:
    with build_world(database_url, folder, SystemClock()) as world:
        cashier = employed().cashier
        cashier._port = Murderous(cashier._port, moment)  # type: ignore[assignment]
        jobs = Jobs(
            database_url=world.platform.settings.jobs_database,
            executor_id="the only copy",
            copies=Copies(world.platform.database, SystemClock(), "the only copy"),
        )
        jobs.start()
        world.platform.outbox.start()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with world.platform.database.session() as session:
                if world.cases.payouts.is_over(session, refund_no):
                    world.platform.outbox.stop()
                    jobs.stop()
                    return 0
            time.sleep(0.2)
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]))
