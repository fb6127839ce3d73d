"""Fetches what users wrote: written down before the cursor moves, taken in beside, one process for each account."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from service.channels.wechat import store, words
from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.intake import Intake
from service.channels.wechat.parts import Parts
from service.channels.wechat.wecom.api import CustomerServiceApi, Page, ServiceState
from service.channels.wechat.wecom.messages import Attended, Entered, Happening, Undelivered, read_message, sent_at
from service.channels.wechat.wecom.pulls import SIGNAL, Hold, Pulls
from service.platform.rounds import Rounds

POLL_SECONDS = 1.0
WELCOME_WITHIN = timedelta(seconds=20)
_AT_ONCE = 4
_TRIES = 4
"""Of a message that cannot be written down, while its account waits at it; then it is left out."""

log = structlog.get_logger(__name__)


@dataclass
class Written:
    """What of a page is written down: the newest receipt of each user that is not taken in yet."""

    receipts: dict[str, int] = field(default_factory=dict)
    stuck: set[str] = field(default_factory=set)
    """Users of whom something is not: what they wrote after it waits as well."""
    error: Exception | None = None
    """Why the page has to be fetched again."""


class Puller:
    """A thread in every process of the service; any number of them."""

    def __init__(
        self, parts: Parts, api: CustomerServiceApi, pulls: Pulls, intake: Intake, *, accounts: Sequence[str]
    ) -> None:
        self._parts = parts
        self._database = parts.platform.database
        self._clock = parts.platform.clock
        self._api = api
        self._pulls = pulls
        self._intake = intake
        self._accounts = tuple(accounts)
        """Those that are served; without any named, all that ring."""
        self._is_known = not accounts
        self._failures: defaultdict[str, Counter[Happening]] = defaultdict(Counter)
        """Of each account, in the page at which it waits."""
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="wecom-intake")
        self.beside: Callable[[Callable[[], None]], object] = self._pool.submit
        """Runs what takes longer, such as fetching a picture. Tests have it done at once."""
        self._rounds = Rounds("wecom-puller", self.run_due, every=POLL_SECONDS)
        self._database.on_commit(SIGNAL, lambda _account: self._rounds.wake())

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop(timeout=15)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run_due(self) -> None:
        """Everything that rang, or has not been looked at for long."""
        if not self._is_known:
            self._pulls.know(self._accounts)
            self._is_known = True
        while not self._rounds.is_stopped and (due := self._due()):
            if not sum(self._pull(account) for account in due):
                return

    def _due(self) -> list[str]:
        return [account for account in self._pulls.due() if not self._accounts or account in self._accounts]

    def _pull(self, open_kfid: str) -> bool:
        """True when it is fetched to its end."""
        hold = self._pulls.take(open_kfid)
        if hold is None:
            return False
        try:
            return self._fetch(hold)
        except ApiError as error:
            self._pulls.failed(hold, error)
        except Exception as error:  # whatever it is, the other accounts go on
            log.exception("wecom.pull_crashed", error=type(error).__name__)
            self._pulls.failed(hold, ApiError(Meaning.UNKNOWN, None, "crashed"))
        return False

    def _fetch(self, hold: Hold) -> bool:
        cursor = hold.cursor
        while True:
            page = self._api.sync(hold.open_kfid, cursor=cursor, bell=hold.bell)
            written = self._write_down(page, hold)
            if page.cursor is None and written.error is None:
                written.error = ApiError(Meaning.UNKNOWN, None, "sync_msg: a cursor that cannot be kept")
            if written.error is None and not self._advance(hold, page):
                return False
            for receipt_id in written.receipts.values():
                self.beside(lambda receipt_id=receipt_id: self._take_in(receipt_id))  # type: ignore[misc]
            if written.error is not None:
                raise written.error
            if not page.has_more or page.cursor in ("", cursor):
                self._pulls.rest(hold)
                return True
            if self._rounds.is_stopped:  # whoever comes next goes on from here
                self._pulls.release(hold)
                return False
            cursor = page.cursor

    def _advance(self, hold: Hold, page: Page) -> bool:
        self._failures.pop(hold.open_kfid, None)
        return self._pulls.advance(hold, page.cursor or "")

    def _write_down(self, page: Page, hold: Hold) -> Written:
        """As much as can be: what cannot be now keeps the page from being done, but not the others in it."""
        found = [each for raw in page.messages if (each := self._read(raw, hold)) is not None]
        told = {each.openid for each in found if isinstance(each, Attended)}
        written = Written()
        for each in found:
            whose = "" if isinstance(each, Undelivered) else each.openid
            if whose in written.stuck:
                continue
            try:
                self._write_one(each, told, written.receipts, is_last_try=self._has_failed_often(each, hold))
            except (OperationalError, InterfaceError):  # the database's fault, and not the message's
                raise
            except Exception as error:
                self._leave(each, whose, hold, error, written)
        return written

    @staticmethod
    def _read(raw: Mapping[str, Any], hold: Hold) -> Happening | None:
        """What cannot be read now never can be."""
        try:
            return read_message(raw, hold.open_kfid) if sent_at(raw) >= hold.since.timestamp() else None
        except Exception as error:
            log.exception("wecom.not_read", error=type(error).__name__)
            return None

    def _write_one(self, each: Happening, told: set[str], receipts: dict[str, int], *, is_last_try: bool) -> None:
        if not isinstance(each, Inbound):
            self._note(each)
        elif not self._is_attended(each.openid, told, is_last_try=is_last_try):
            taken = self._intake.take(each)
            if taken is not None and not taken.is_processed:
                receipts[each.openid] = taken.receipt_id

    def _has_failed_often(self, each: Happening, hold: Hold) -> bool:
        return self._failures[hold.open_kfid][each] >= _TRIES - 1

    def _leave(self, each: Happening, whose: str, hold: Hold, error: Exception, written: Written) -> None:
        """For the next fetch; after a few of them for good, so that its account goes on."""
        is_over = self._has_failed_often(each, hold)
        self._failures[hold.open_kfid][each] += 1
        log.exception("wecom.not_written_down", kind=type(each).__name__, is_over=is_over, error=type(error).__name__)
        if not is_over:
            written.error = written.error or error
            written.stuck |= {whose} - {""}

    def _take_in(self, receipt_id: int) -> None:
        """What fails here is taken up by the sender, as whatever is left behind."""
        try:
            self._intake.process(receipt_id)
        except Exception as error:
            log.exception("wecom.not_taken_in", receipt=receipt_id, error=type(error).__name__)

    def _note(self, happening: Happening) -> None:
        match happening:
            case Entered():
                self._welcome(happening)
            case Attended():
                self._attend(happening.openid, begins=happening.begins)
            case Undelivered():
                self._mark(happening)

    def _welcome(self, entered: Entered) -> None:
        """The code works once, so that whoever fetches the event again welcomes nobody twice."""
        if self._clock.now().timestamp() - entered.at > WELCOME_WITHIN.total_seconds():
            return
        text = words.WELCOME.format(company=self._parts.platform.settings.company_name)
        try:
            self._api.welcome(entered.code, text)
        except ApiError as error:
            log.info("wecom.not_welcomed", meaning=error.meaning.name, error=str(error))

    # --- people of 企业微信 ---

    def _is_attended(self, openid: str, told: set[str], *, is_last_try: bool) -> bool:
        """While people serve a user, what is written is theirs to answer, and we neither take it in nor answer."""
        with self._database.session() as session:
            user = store.user_of_openid(session, openid)
            if user is None or user.attended_at is None:
                return False
        if openid in told or self._is_with_people(openid, is_last_try=is_last_try):
            log.info("wecom.left_to_people")
            return True
        self._attend(openid, begins=False)
        return False

    def _is_with_people(self, openid: str, *, is_last_try: bool) -> bool:
        account, _, person = openid.partition("/")
        try:
            return self._api.state(account, person) in (ServiceState.QUEUED, ServiceState.HUMAN)
        except ApiError as error:
            if error.meaning in (Meaning.BUSY, Meaning.UNKNOWN, Meaning.TOKEN) and not is_last_try:
                raise  # the page is fetched again
            log.warning("wecom.state_unknown", error=str(error))  # if people serve, our answer is refused there
            return False

    def _attend(self, openid: str, *, begins: bool) -> None:
        """Also of somebody who is not known here yet, so that nothing of what is written meanwhile is taken in."""
        now = self._clock.now()
        with self._database.begin() as session:
            user = store.user(session, openid)
            if user is None and begins:
                user = self._intake.new_user(session, openid, now)
            if user is not None:
                user.attended_at = now if begins else None

    # --- what could not be shown ---

    def _mark(self, undelivered: Undelivered) -> None:
        reason = f"WeCom could not show it (fail_type {undelivered.reason})"
        log.error("wecom.not_shown", reference=undelivered.reference, fail_type=undelivered.reason)
        with self._database.begin() as session:
            store.mark_undelivered(session, undelivered.reference, reason, self._clock.now())
