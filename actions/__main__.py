"""Starts the action server on the loopback, with errors that repeat nothing of what was said."""

import logging
import sys

from rasa_sdk.endpoint import create_app
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

import actions
from actions.errors import ServiceUnavailable
from actions.settings import Settings, SettingsError

logger = logging.getLogger("actions")


def create_server() -> Sanic:
    """The SDK's application; its own error handler would send the whole conversation back, and log it."""
    app: Sanic = create_app(actions, cors_origins=None)

    @app.exception(ServiceUnavailable)
    async def unavailable(request: Request, error: ServiceUnavailable) -> HTTPResponse:
        return response.json({"error": "the service is unavailable"}, 503)

    @app.exception(Exception)
    async def broken(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        if status >= 500:
            logger.error("An action call failed: %s", type(error).__name__)
        return response.json({"error": "the action failed"}, status)

    return app


def main() -> int:
    """Runs until it is stopped."""
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    create_server().run(settings.host, settings.port, workers=1, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
