"""Starts Rasa with our settings: on the loopback, without its public API, with the newest model."""

import logging
import os
import sys

from bot.settings import Settings, SettingsError, TrainingSettings
from bot.train import quiet_libraries


def main() -> int:
    """Runs until it is stopped."""
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    quiet_libraries()
    os.environ["ACTIONS_URL"] = settings.actions_url
    os.environ["TRACKER_DATABASE_URL"] = settings.tracker_database_url

    import rasa.utils.common
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog

    rasa.utils.common.configure_logging_and_warnings(log_level=logging.INFO)
    configure_structlog(logging.INFO)
    serve_application(
        model_path=str(TrainingSettings.from_environment().models_dir),
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        interface=settings.host,
        port=settings.port,
        enable_api=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
