"""Rounds: woken or by the clock, and alive after whatever happens in one of them."""

import threading

from sqlalchemy.exc import OperationalError

from service.platform.rounds import Rounds


def test_a_round_that_fails_is_not_the_last() -> None:
    went, errors = threading.Semaphore(0), [OperationalError("SELECT 1", None, Exception()), ValueError("once")]

    def work() -> None:
        went.release()
        if errors:
            raise errors.pop()

    rounds = Rounds("test", work, every=0.01)
    rounds.start()
    assert all(went.acquire(timeout=10) for _ in range(4))
    rounds.stop(timeout=10)
    assert errors == []


def test_waking_does_not_wait_for_the_clock() -> None:
    went = threading.Event()
    rounds = Rounds("test", went.set, every=3_600)
    rounds.start()
    rounds.wake()
    assert went.wait(10)
    rounds.stop(timeout=10)
    assert rounds.is_stopped
