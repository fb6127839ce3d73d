"""The settings of the Rasa process, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one sentence that helps."""


@dataclass(frozen=True)
class Settings:
    """Where the parts of the product are, and the token they know each other by."""

    service_token: str
    actions_url: str
    host: str
    port: int
    tracker_database_url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Reads SERVICE_TOKEN, ACTIONS_URL, RASA_HOST, RASA_PORT, DATA_DIR and TRACKER_DATABASE_URL."""
        token = environment.get("SERVICE_TOKEN", "")
        if len(token) < 16:
            raise SettingsError("SERVICE_TOKEN must be set to the service's token of 16 or more characters.")
        data_dir = Path(environment.get("DATA_DIR", "var")).resolve()
        return cls(
            service_token=token,
            actions_url=environment.get("ACTIONS_URL", "http://127.0.0.1:5055").rstrip("/"),
            host=environment.get("RASA_HOST", "127.0.0.1"),
            port=int(environment.get("RASA_PORT", "5005")),
            tracker_database_url=environment.get("TRACKER_DATABASE_URL", f"sqlite:///{data_dir / 'tracker.sqlite'}"),
        )
