"""Logs: structured, one line per event, and never with an identity number, a bank card, a phone or a secret in them."""

import logging
import logging.config
import time
from typing import Any, Literal

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.types import EventDict, Processor, WrappedLogger

from service.platform.masking import redact

_QUIET = ("/healthz", "/readyz")


def redact_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A processor: every text of the event, however deep, as a log may have it."""
    return {key: _redacted(value) for key, value in event.items()}


def _drop_colours(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Uvicorn says each of its lines a second time with colours."""
    event.pop("color_message", None)
    return event


def configure_logging(output: Literal["console", "json"]) -> None:
    """One way for our own events, for the libraries' and for uncaught errors."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.format_exc_info,
        _drop_colours,
        redact_event,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if output == "console"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"structured": formatter},
            "handlers": {
                "console": {"class": "logging.StreamHandler", "formatter": "structured"},
                "nowhere": {"class": "logging.NullHandler"},
            },
            "root": {"handlers": ["console"], "level": "INFO"},
            "loggers": {
                # DBOS brings a console handler of its own, without our redaction, unless it finds some handler here.
                name: {"level": level, "handlers": ["nowhere"], "propagate": True}
                for name, level in {
                    "uvicorn": "INFO",
                    "uvicorn.error": "INFO",
                    "uvicorn.access": "CRITICAL",  # our own access log has no query strings
                    "httpx": "WARNING",
                    "httpcore": "WARNING",
                    "alembic": "WARNING",
                    "sqlalchemy.engine": "WARNING",
                    "dbos": "WARNING",
                    "starlette_admin": "WARNING",
                }.items()
            },
        }
    )


class AccessLog:
    """One line per request: method, path, status, time. Query strings and bodies stay out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = structlog.get_logger("service.access")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _QUIET:
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            self._log.info("request", method=scope["method"], path=scope["path"], status=status, ms=milliseconds)


def _redacted(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: _redacted(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_redacted(item) for item in value]
    return value
