"""Rate limits over the `limits` library. The site lives on when its store is away, and says that it did."""

import time

import structlog
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from service.platform.problems import RateLimited

log = structlog.get_logger(__name__)


class RateLimits:
    """`check("messages", "30/minute", conversation_id)` counts one hit and raises when it is one too many."""

    def __init__(self, storage_url: str = "memory://") -> None:
        self._limiter = SlidingWindowCounterRateLimiter(storage_from_string(storage_url))
        self._items: dict[str, RateLimitItem] = {}

    def check(self, purpose: str, rule: str, *keys: str, detail: str | None = None) -> None:
        item = self._items.setdefault(rule, parse(rule))
        try:
            if self._limiter.hit(item, purpose, *keys):
                return
            reset_at = self._limiter.get_window_stats(item, purpose, *keys).reset_time
        except Exception as error:
            log.warning("limits.store_away", purpose=purpose, error=type(error).__name__)
            return
        raise RateLimited(detail, retry_after=int(reset_at - time.time()) + 1)
