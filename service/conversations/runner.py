"""Runs turns: one at a time per conversation, in order; several conversations at once, in several processes."""

import threading
from concurrent.futures import ThreadPoolExecutor

import structlog
from sqlalchemy.exc import SQLAlchemyError

from service.conversations import rules
from service.conversations.engine import EngineAway, EngineFailed, TurnEngine
from service.conversations.store import SIGNAL_TURN
from service.conversations.turns import Claim, Turns
from service.platform.database import Database

POLL_SECONDS = 0.5
WORKERS = 4

log = structlog.get_logger(__name__)


class TurnRunner:
    def __init__(self, database: Database, turns: Turns, engine: TurnEngine, *, workers: int = WORKERS) -> None:
        self._turns = turns
        self._engine = engine
        self._workers = workers
        self._free = threading.Semaphore(workers)
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._in_hand: set[str] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._pool: ThreadPoolExecutor | None = None
        database.on_commit(SIGNAL_TURN, lambda _key: self._wake.set())

    def start(self) -> None:
        self._turns.drop_own_leases()
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="turn")
        for target, name in ((self._dispatch, "turn-dispatch"), (self._keep_leases, "turn-leases")):
            thread = threading.Thread(target=target, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Lets the turns in hand end; what is not answered then stays pending for the next start."""
        self._stopped.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(timeout=5)
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def run_due(self) -> int:
        """Runs everything that is due, in the caller's thread; gives how many turns it had in hand."""
        count = 0
        while claim := self._turns.claim():
            self._run(claim)
            count += 1
        return count

    def _dispatch(self) -> None:
        while not self._stopped.is_set():
            try:
                self._dispatch_due()
            except SQLAlchemyError as error:
                log.warning("turns.database_away", error=type(error).__name__)
            except Exception:  # this thread must outlive whatever happens
                log.exception("turns.dispatch_failed")
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()

    def _dispatch_due(self) -> None:
        while not self._stopped.is_set():
            if not self._free.acquire(timeout=POLL_SECONDS):
                continue
            claim = None
            try:
                claim = self._turns.claim()
            finally:
                if claim is None:
                    self._free.release()
            if claim is None or self._pool is None:
                return
            self._pool.submit(self._work, claim)

    def _work(self, claim: Claim) -> None:
        try:
            self._run(claim)
        finally:
            self._free.release()
            self._wake.set()  # the next turn of the same conversation may be waiting

    def _run(self, claim: Claim) -> None:
        turn_id = claim.request.turn_id
        with self._lock:
            self._in_hand.add(claim.token)
        try:
            self._do(claim)
        except EngineAway as reason:
            log.warning("turn.engine_away", turn_id=turn_id, reason=str(reason))
            self._turns.put_off(claim)
        except EngineFailed as reason:
            log.warning("turn.failed", turn_id=turn_id, reason=str(reason))
            self._turns.fail(claim)
        except SQLAlchemyError as error:
            # The turn is still pending: it runs again once its lease has lapsed, and Rasa repeats its answer.
            log.warning("turn.database_away", turn_id=turn_id, error=type(error).__name__)
        except Exception:
            log.exception("turn.crashed", turn_id=turn_id)
            give_back = self._turns.put_off if claim.is_forgetting else self._turns.fail
            give_back(claim)
        finally:
            with self._lock:
                self._in_hand.discard(claim.token)

    def _do(self, claim: Claim) -> None:
        if claim.is_forgetting:
            self._engine.forget(claim.request.conversation_id)
            self._turns.finish_forgetting(claim)
        else:
            self._turns.finish(claim, self._engine.answer(claim.request))

    def _keep_leases(self) -> None:
        while not self._stopped.wait(rules.LEASE_RENEWAL_SECONDS):
            with self._lock:
                tokens = list(self._in_hand)
            if not tokens:
                continue
            try:
                self._turns.renew(tokens)
            except SQLAlchemyError as error:
                log.warning("turns.lease_renewal_failed", error=type(error).__name__)
