"""A running service with its channels, and what went out on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from service.accounts import FileSms
from service.notifications import Notifications
from service.notifications.models import Delivery
from service.platform.clock import FixedClock
from tests.service.cases.world import Merchant, build_world
from tests.service.cases.world import World as CasesWorld


@dataclass
class World(CasesWorld):
    @property
    def notifications(self) -> Notifications:
        notifications: Notifications = self.app.state.notifications
        return notifications

    def settle(self) -> int:
        """What happened is told to the listeners, and what is due goes out; gives how many attempts were made."""
        self.listen()
        return self.notifications.sender.run_due()

    def texts(self) -> list[dict[str, Any]]:
        """Short messages, the oldest first."""
        sms = self.app.state.accounts.sms
        assert isinstance(sms, FileSms)
        return sms.newest("text", 100)[::-1]

    def deliveries(self, channel: str | None = None) -> Sequence[Delivery]:
        query = select(Delivery).order_by(Delivery.event_id, Delivery.channel)
        with self.platform.database.session() as session:
            rows = session.scalars(query).all()
        return [row for row in rows if channel in (None, row.channel)]

    def wants(self, merchant: Merchant, **wishes: Any) -> None:
        answer = merchant.put("/v1/me/notifications", {"sms": True, "wechat": True, **wishes})
        assert answer.status_code == 200, answer.text


@contextmanager
def open_world(database_url: str, folder: Path, clock: FixedClock) -> Iterator[World]:
    def change(values: dict[str, Any]) -> None:
        values |= {"sms_adapter": "file", "company_name": "演示收单公司"}

    with build_world(database_url, folder, clock, change=change) as world:
        yield World(world.app, world.clock)
