"""A service process that sends what is due and is killed on the way: run by `test_survives_kill`, never imported."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from service.notifications.channels.port import Channel, Outgoing
from service.platform.clock import FixedClock
from tests.service.notifications.world import open_world


class Murderous:
    """Kills the process before or after the other side has taken the notice."""

    def __init__(self, channel: Channel, moment: str) -> None:
        self._channel = channel
        self._moment = moment

    def send(self, notice: Outgoing) -> None:
        if self._moment == "before it is sent":
            os.kill(os.getpid(), signal.SIGKILL)
        self._channel.send(notice)
        if self._moment == "before it is written down":
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, database_url: str, moment: str, now: datetime) -> int:
    with open_world(database_url, folder, FixedClock(now)) as world:
        channels = world.notifications.sender._channels
        world.notifications.sender._channels = {name: Murderous(channel, moment) for name, channel in channels.items()}
        world.settle()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], datetime.fromisoformat(sys.argv[4])))
