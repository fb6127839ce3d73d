"""`python -m service`: serves the app as the settings say."""

import sys

import uvicorn

from service.app import create_app
from service.platform.logging import configure_logging
from service.platform.settings import SettingsError, get_settings


def main() -> int:
    try:
        settings = get_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    configure_logging(settings.log_format)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=10,
        limit_concurrency=1_000,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
