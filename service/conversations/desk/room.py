"""The agents' use cases put together, as their routes and jobs get them."""

from __future__ import annotations

from service.accounts import Accounts
from service.assist import Assist
from service.cases import Cases
from service.conversations.desk.assignment import Assignment
from service.conversations.desk.beside import Beside
from service.conversations.desk.callers import Callers
from service.conversations.desk.calls import Calls
from service.conversations.desk.handovers import HandOvers
from service.conversations.desk.inbox import Inbox
from service.conversations.desk.load import LoadReport
from service.conversations.desk.presence import Presences
from service.conversations.desk.queue import Queue
from service.conversations.desk.replies import CannedReplies
from service.conversations.desk.rows import Rows
from service.conversations.desk.timeouts import TimeOuts
from service.conversations.desk.writing import Writing
from service.platform.context import Platform
from service.platform.limits import RateLimits


class AgentRoom:
    def __init__(
        self, platform: Platform, accounts: Accounts, cases: Cases, assist: Assist, limits: RateLimits
    ) -> None:
        rows = Rows(accounts, cases)
        self.queue = Queue(platform, cases)
        self.handovers = HandOvers(platform.clock, self.queue, assist)
        self.presences = Presences(platform.clock, self.queue, platform.settings.agent_capacity)
        self.assignment = Assignment(platform.settings.assignment, self.presences, self.handovers)
        self.timeouts = TimeOuts(platform, self.queue, self.handovers, self.assignment)
        self.replies = CannedReplies(platform.clock, accounts, cases)
        self.load = LoadReport(platform.clock, platform.settings.service_level_seconds)
        self.inbox = Inbox(rows)
        self.beside = Beside(accounts, cases, rows, platform.clock)
        self.writing = Writing(platform, assist)
        self.calls = Calls(platform, self.writing)
        self.callers = Callers(platform, accounts, self.calls, limits)
