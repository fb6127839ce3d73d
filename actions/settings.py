"""The settings of the action server, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one sentence that helps."""


@dataclass(frozen=True)
class Settings:
    """Where the service is, the token it knows us by, and where we listen."""

    service_url: str
    service_token: str
    host: str
    port: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Reads SERVICE_URL, SERVICE_TOKEN, ACTIONS_HOST and ACTIONS_PORT."""
        token = environment.get("SERVICE_TOKEN", "")
        if len(token) < 16:
            raise SettingsError("SERVICE_TOKEN must be set to the service's token of 16 or more characters.")
        return cls(
            service_url=environment.get("SERVICE_URL", "http://127.0.0.1:8000").rstrip("/"),
            service_token=token,
            host=environment.get("ACTIONS_HOST", "127.0.0.1"),
            port=int(environment.get("ACTIONS_PORT", "5055")),
        )
