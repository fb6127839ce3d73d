"""The settings of the Rasa process and of its training, read from the environment."""

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


@dataclass(frozen=True)
class TrainingSettings:
    """What a model is made of besides the project's own files, and where models stand."""

    procedures_dir: Path
    training_data_extra: Path | None
    models_dir: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "TrainingSettings":
        """Reads PROCEDURES_DIR, TRAINING_DATA_EXTRA (a folder with more sentences) and MODELS_DIR."""
        extra = environment.get("TRAINING_DATA_EXTRA", "")
        return cls(
            procedures_dir=Path(environment.get("PROCEDURES_DIR") or "data/procedures"),
            training_data_extra=Path(extra) if extra else None,
            models_dir=Path(environment.get("MODELS_DIR") or "models"),
        )
