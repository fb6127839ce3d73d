"""What the storms' processes of the service need to know: a demo of its own in a database that is handed in."""

from pathlib import Path

from service.demo import load_demo
from service.platform.context import create_platform
from tests.service.builders import make_settings


def storm_environment(folder: Path, database_url: str) -> dict[str, str]:
    settings = make_settings(folder, database_url)
    platform = create_platform(settings)
    load_demo(platform)
    platform.database.dispose()
    return {
        "ENV": "demo",
        "SERVICE_TOKEN": settings.service_token.get_secret_value(),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "VAULT_KEYS": settings.vault_keys.get_secret_value(),
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "MESSAGES_PER_MINUTE": "1000",
    }
