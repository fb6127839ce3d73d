"""What can come back from the service besides what was asked for: a closed set."""

from typing import Any


class ServiceUnavailable(Exception):
    """No answer, too late, or an error of the service itself: the whole turn fails and is sent again."""


class Refused(Exception):
    """The service says no, with a sentence that the merchant may read."""

    def __init__(self, code: str, detail: str, errors: list[dict[str, Any]]) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.errors = errors


class NotFound(Refused):
    """Missing, or somebody else's: the service does not say which."""


class IdentityRequired(Refused):
    """The merchant has to prove first who it is."""


class AnswerRefused(Refused):
    """An answer that does not fit its question."""


class Conflict(Refused):
    """Not possible in the present state: not ready, a duplicate, an old version."""
