"""`python -m service`: serves the app as the settings say."""

import sys

import structlog
import uvicorn
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from service.app import START_REFUSED, create_app
from service.migrate import is_migrated
from service.platform.logging import configure_logging
from service.platform.settings import Settings, get_settings

log = structlog.get_logger(__name__)


def main() -> int:
    try:
        settings = get_settings()
        configure_logging(settings.log_format)
        app = create_app(settings)
    except START_REFUSED as reason:
        print(reason, file=sys.stderr)
        return 2
    if not _schema_fits(app):
        print("The database has an older schema: run `python -m service.migrate` first.", file=sys.stderr)
        return 2
    serve(app, settings)
    return 0


def serve(app: FastAPI, settings: Settings) -> None:
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=5,
        limit_concurrency=1_000,
    )


def _schema_fits(app: FastAPI) -> bool:
    try:
        return is_migrated(app.state.platform.database)
    except SQLAlchemyError as error:
        # A database that is away comes back; until then every request says so.
        log.warning("start.database_away", error=type(error).__name__)
        return True


if __name__ == "__main__":
    sys.exit(main())
