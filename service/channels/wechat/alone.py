"""What fails with one receipt or user stops none of the others."""

from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)


def alone[Item](what: str, work: Callable[[Item], bool | None], item: Item) -> bool:
    """What the work gives; False, and a line in the log, when it failed."""
    try:
        return bool(work(item))
    except Exception as error:
        log.exception("wechat.one_failed", what=what, error=type(error).__name__)
        return False
