"""Sends what is due: claimed under a lease, sent outside of any transaction, and the end of it written down."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.orm import Session

from service.notifications import store
from service.notifications.channels.port import Channel, GiveUp, NotSent, Outgoing, TargetGone
from service.notifications.models import Delivery
from service.notifications.rules import ChannelName, next_attempt
from service.platform.clock import Clock
from service.platform.database import Database
from service.platform.rounds import Rounds

SIGNAL = "deliveries"
POLL_SECONDS = 2.0
LEASE = timedelta(minutes=2)
"""Longer than any channel takes: after it, a notice whose process died is sent again, under the same id."""

log = structlog.get_logger(__name__)


class Sender:
    """A thread for each channel, so that a slow receiver keeps no short message waiting. Any number of processes."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channels: Mapping[ChannelName, Channel],
        *,
        target_gone: Callable[[Session, str], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._clock = clock
        self._channels = channels
        self._target_gone = target_gone
        self._chance = chance
        self._rounds: dict[str, Rounds] = {
            name: Rounds(f"notices-{name}", partial(self._empty, name), every=POLL_SECONDS) for name in channels
        }
        database.on_commit(SIGNAL, lambda name: self._rounds[name].wake() if name in self._rounds else None)

    def start(self) -> None:
        for rounds in self._rounds.values():
            rounds.start()

    def stop(self) -> None:
        for rounds in self._rounds.values():
            rounds.stop(timeout=10)

    def run_due(self) -> int:
        """Everything that is due now, on all channels; gives how many attempts were made."""
        return sum(self._empty(name) for name in self._channels)

    def _empty(self, name: ChannelName) -> int:
        made = 0
        while not self._rounds[name].is_stopped and self._send_next(name):
            made += 1
        return made

    def _send_next(self, name: ChannelName) -> bool:
        with self._database.begin() as session:
            delivery = store.claim(session, name, now=self._clock.now(), lease=LEASE)
            if delivery is None:
                return False
            attempt = delivery.attempts
            notice = Outgoing(delivery.id, delivery.recipient, delivery.kind, delivery.content)
        try:
            self._channels[name].send(notice)
        except NotSent as refusal:
            self._failed(notice, attempt, refusal)
        except Exception as error:
            log.exception("notices.channel_failed", channel=name, delivery=notice.id)
            self._failed(notice, attempt, NotSent(f"没有发出（{type(error).__name__}）"))
        else:
            self._done(notice)
        return True

    def _done(self, notice: Outgoing) -> None:
        """Sent is sent, also when the lease has ended in the meantime."""
        with self._database.begin() as session:
            delivery = store.locked(session, notice.id)
            if delivery is not None:
                delivery.state, delivery.error, delivery.leased_until = "done", None, None
                delivery.done_at = self._clock.now()

    def _failed(self, notice: Outgoing, attempt: int, refusal: NotSent) -> None:
        with self._database.begin() as session:
            delivery = store.locked(session, notice.id)
            if delivery is None or delivery.state != "pending" or delivery.attempts != attempt:
                return  # another process has it by now, or had more luck
            self._write_failure(delivery, refusal)
            if isinstance(refusal, TargetGone):
                self._target_gone(session, notice.recipient)
            log.warning(
                "notices.not_sent",
                delivery=delivery.id,
                channel=delivery.channel,
                attempts=attempt,
                state=delivery.state,
                error=str(refusal),
            )

    def _write_failure(self, delivery: Delivery, refusal: NotSent) -> None:
        now = self._clock.now()
        again = next_attempt(delivery.channel, delivery.attempts, now, self._chance())
        delivery.error, delivery.leased_until = str(refusal), None
        if isinstance(refusal, GiveUp) or again is None:
            delivery.state = "dead"
        else:
            delivery.next_at = again
