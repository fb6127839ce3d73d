"""Counts wrong log-ins, so that guessing takes for ever and a stranger cannot lock a colleague out.

Three counts. Five wrong tries in a row of one login from one address close that pair for a quarter of an hour. A
guesser with many addresses is slowed by the second count: after twenty failures from places where the login is not at
home, all such places together have one try a minute. The usual places of a colleague, where this login was let in
before, have only their own count, so others' guesses never close them. The third is the limit on an address over all
logins (`api.py`). All of it is the same whether the login exists or not.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from service.accounts import rules
from service.accounts.models import LoginAttempts
from service.accounts.problems import LoginLocked, LoginSlowed
from service.platform.context import Platform
from service.platform.database import rows_of

ANYWHERE = "anywhere"


@dataclass(frozen=True)
class Attempt:
    login: str
    address: str
    at_home: bool
    closes: bool
    """Whether nothing more is let in for a while if this one fails too."""


class LoginGuard:
    def __init__(self, platform: Platform) -> None:
        self._database = platform.database
        self._clock = platform.clock

    def count(self, login: str, address: str) -> Attempt:
        """Counts before the password is looked at, so that guesses at the same moment are not free."""
        now, address = self._clock.now(), fold_address(address)
        with self._database.begin() as session:
            here = self._row(session, login, address)
            if (left := _closed_for(here, now)) > 0:
                raise LoginLocked(retry_after=left)
            at_home = here.entered_at is not None
            if not at_home:
                self._count_anywhere(session, login, now)
            if here.closed_until:
                here.failures, here.closed_until = 0, None
            here.failures, here.tried_at = here.failures + 1, now
            if here.failures >= rules.LOGIN_MAX_FAILURES:
                here.closed_until = now + rules.LOGIN_LOCK
            return Attempt(login, address, at_home, closes=here.closed_until is not None)

    def take_back(self, session: Session, attempt: Attempt, *, entered: bool) -> None:
        """The password was right after all; `entered` makes the address one of this login's usual places."""
        here = self._row(session, attempt.login, attempt.address)
        here.failures, here.closed_until = 0, None
        if entered:
            here.entered_at = self._clock.now()
        if not attempt.at_home:
            anywhere = self._row(session, attempt.login, ANYWHERE)
            anywhere.failures = max(0, anywhere.failures - 1)

    def _count_anywhere(self, session: Session, login: str, now: datetime) -> None:
        anywhere = self._row(session, login, ANYWHERE)
        if (left := _closed_for(anywhere, now)) > 0:
            raise LoginSlowed(retry_after=left)
        if now - anywhere.tried_at > rules.LOGIN_SLOW_FORGOTTEN:
            anywhere.failures = 0
        anywhere.failures, anywhere.tried_at = anywhere.failures + 1, now
        if anywhere.failures >= rules.LOGIN_SLOW_AFTER:
            anywhere.closed_until = now + rules.LOGIN_SLOW

    def _row(self, session: Session, login: str, address: str) -> LoginAttempts:
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        fresh = {"login": login, "address": address, "failures": 0, "tried_at": self._clock.now()}
        session.execute(insert(LoginAttempts).values(fresh).on_conflict_do_nothing())
        return session.get_one(LoginAttempts, (login, address), with_for_update=True)


def fold_address(address: str) -> str:
    """An IPv6 network counts as one address: whoever has one has all of it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def forget_attempts(session: Session, now: datetime) -> int:
    """Old tries, and places where a login was not seen for long."""
    old = LoginAttempts.tried_at <= now - rules.LOGIN_SLOW_FORGOTTEN
    strange = or_(LoginAttempts.entered_at.is_(None), LoginAttempts.entered_at <= now - rules.LOGIN_HOME)
    return rows_of(session.execute(delete(LoginAttempts).where(and_(old, strange))))


def _closed_for(row: LoginAttempts, now: datetime) -> int:
    return int((row.closed_until - now).total_seconds()) if row.closed_until else 0
