"""Every error as a problem document (RFC 9457), whoever raised it."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from service.platform.problems import (
    BadRequest,
    Invalid,
    MethodNotAllowed,
    NotFound,
    Problem,
    ServiceUnavailable,
    TooLarge,
    Unauthenticated,
    UnsupportedMedia,
)

_BY_STATUS: dict[int, type[Problem]] = {
    401: Unauthenticated,
    404: NotFound,
    405: MethodNotAllowed,
    413: TooLarge,
    415: UnsupportedMedia,
    422: Invalid,
}

log = structlog.get_logger(__name__)


def render(problem: Problem) -> JSONResponse:
    return JSONResponse(
        problem.document(),
        status_code=problem.status,
        headers={**problem.headers, "Cache-Control": "no-store"},
        media_type="application/problem+json",
    )


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(away, _database_away)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(ClientDisconnect, _hung_up)
    app.add_exception_handler(Exception, _unexpected)


async def _hung_up(_request: Request, _error: Exception) -> Response:
    """Nobody reads it; the status stands in the access log."""
    return Response(status_code=400)


async def _problem(_request: Request, error: Exception) -> JSONResponse:
    return render(error if isinstance(error, Problem) else Problem())


async def _http(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = getattr(error, "headers", None)
    kind = _BY_STATUS.get(status, BadRequest if status < 500 else Problem)
    return render(kind(headers=headers))


async def _validation(_request: Request, error: Exception) -> JSONResponse:
    """Says which fields are wrong and why, and never repeats what was sent."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    if any(item["type"] == "json_invalid" for item in found):
        return render(BadRequest())
    errors = [_field_error(item) for item in found]
    own_words = [item["detail"] for item in errors if not item["detail"].isascii()]
    return render(Invalid(own_words[0] if own_words else None, errors=errors))


def _field_error(item: dict[str, Any]) -> dict[str, Any]:
    path = "/".join(str(part) for part in item["loc"][1:])
    return {"field": path, "detail": str(item["msg"]).removeprefix("Value error, "), "code": item["type"]}


async def _database_away(request: Request, error: Exception) -> JSONResponse:
    log.error("database.away", path=request.url.path, error=type(error).__name__)
    return render(ServiceUnavailable())


async def _unstorable(request: Request, error: Exception) -> JSONResponse:
    """Text that no keyboard writes and PostgreSQL does not take, such as NUL."""
    log.warning("request.unstorable", path=request.url.path, error=type(error).__name__)
    return render(Invalid())


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("request.crashed", path=request.url.path, exc_info=error)
    return render(Problem())
