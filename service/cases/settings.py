"""Settings of this folder alone, read from the environment like the service's own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from pylopdf_fonts_zh_cn import sans_path

from service.cases.payout.simulated import Fault
from service.platform.settings import REPOSITORY


class CaseSettings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    calendar_dir: Path = Field(REPOSITORY / "data" / "calendar", description="calendars of later years")
    reading: Literal["on", "off"] = Field(
        "on", description="whether a machine reads uploaded documents to pre-fill and point; half a GB while it reads"
    )
    review_reasons: Path = Field(REPOSITORY / "data" / "review" / "reasons.yml", description="reasons of reviewers")
    reminders: Path = Field(
        REPOSITORY / "data" / "review" / "reminders.yml", description="who is reminded when, and what follows silence"
    )
    agreement_font: Path = Field(
        default_factory=sans_path, description="Chinese font of the agreements; unset: the one of the service's lock"
    )
    payout_simulated_seconds: float = Field(4.0, ge=0, description="how long the simulated bank takes to pay")
    payout_simulated_faults: dict[str, Fault] = Field(
        default_factory=dict, description='last digits of an account → what goes wrong, e.g. {"0001": "abnormal"}'
    )
