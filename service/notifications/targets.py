"""Webhook targets of the settings, and the memory of those that said that they are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from service.notifications import store
from service.notifications.rules import digest_of
from service.notifications.settings import WebhookTarget
from service.platform.clock import Clock

DISABLED = "接收方回过 410，已停用；重发会再启用"


class Targets:
    def __init__(self, targets: Iterable[WebhookTarget], clock: Clock) -> None:
        self._targets = {target.name: target for target in targets}
        self._clock = clock

    def __iter__(self) -> Iterator[WebhookTarget]:
        return iter(self._targets.values())

    def named(self, name: str) -> WebhookTarget | None:
        return self._targets.get(name)

    def is_disabled(self, session: Session, target: WebhookTarget) -> bool:
        return store.is_disabled(session, target.name, digest_of(target.url))

    def gone(self, session: Session, recipient: str) -> None:
        """Nothing more is sent there, and what waits is laid aside, until a person or another address enables it."""
        target = self.named(recipient.partition(":")[2])
        if target is not None:
            store.disable(session, target.name, digest_of(target.url), self._clock.now())
            store.bury_pending(session, recipient, DISABLED)

    def enable(self, session: Session, recipient: str) -> None:
        kind, _, name = recipient.partition(":")
        if kind == "target":
            store.enable(session, name)
