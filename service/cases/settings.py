"""Settings of this folder alone, read from the environment like the service's own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pylopdf_fonts_zh_cn import sans_path

from service.cases.payout import signing
from service.cases.payout.acquirer import AcquirerAccess, CodeMeaning
from service.cases.payout.simulated import Fault
from service.platform.settings import REPOSITORY, SettingsError


class CaseSettings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    calendar_dir: Path = Field(REPOSITORY / "data" / "calendar", description="calendars of later years")
    reading: Literal["on", "off"] = Field(
        "on",
        description="whether a machine reads uploaded documents to pre-fill and point; up to one GB while it reads",
    )
    review_reasons: Path = Field(REPOSITORY / "data" / "review" / "reasons.yml", description="reasons of reviewers")
    reminders: Path = Field(
        REPOSITORY / "data" / "review" / "reminders.yml", description="who is reminded when, and what follows silence"
    )
    agreement_font: Path = Field(
        default_factory=sans_path, description="Chinese font of the agreements; unset: the one of the service's lock"
    )
    payout_simulated_seconds: float = Field(4.0, ge=0, description="how long the simulated bank takes to pay")
    payout_alarm_hours: int = Field(
        72, ge=1, description="a payout that is open for longer stands in the reconciliation"
    )
    payout_simulated_faults: dict[str, Fault] = Field(
        default_factory=dict, description='last digits of an account → what goes wrong, e.g. {"0001": "abnormal"}'
    )

    @property
    def payout_alarm(self) -> timedelta:
        return timedelta(hours=self.payout_alarm_hours)


class AcquirerSettings(BaseSettings):
    """What PAYOUT_ADAPTER=acquirer needs; not read for another adapter."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_prefix="PAYOUT_ACQUIRER_")

    url: str = Field(description="where their open API is, such as https://api.example.com")
    app_id: str = Field(min_length=1, max_length=32, description="the app that they gave us")
    serial_no: str = Field(min_length=1, max_length=64, description="serial number of our certificate")
    merchant_no: str = Field(min_length=1, max_length=32, description="our own merchant number, which pays")
    term_no: str = Field(min_length=1, max_length=32, description="the terminal that their API wants to have named")
    key_file: Path = Field(description="our private RSA key, PEM, without a password")
    certificate_file: Path = Field(description="their certificate or public key, PEM")
    timeout_seconds: float = Field(10.0, gt=0, le=60, description="after this we do not know, and ask again")
    codes: dict[str, CodeMeaning] = Field(
        default_factory=dict,
        description='their return codes that settle an order, e.g. {"BBS11112": "not_found"}; others are asked again',
    )

    @field_validator("url")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        if not value.startswith(("https://", "http://127.0.0.1")):
            raise ValueError("must begin with https://")
        return value.rstrip("/")


def load_acquirer() -> AcquirerAccess:
    """Who we are at the acquirer, or a SettingsError with one sentence."""
    try:
        settings = AcquirerSettings()
        key, their_key = signing.load_private_key(settings.key_file), signing.load_public_key(settings.certificate_file)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        name = f"PAYOUT_ACQUIRER_{str(problem['loc'][0]).upper()}"
        is_missing = problem["type"] == "missing"
        reason = "is not set" if is_missing else f"cannot be used: {problem['msg'].removeprefix('Value error, ')}"
        raise SettingsError(f"{name} {reason}; PAYOUT_ADAPTER=acquirer needs it.") from None
    except signing.KeyFileWrong as error:
        raise SettingsError(f"PAYOUT_ADAPTER=acquirer cannot start: {error}.") from None
    return AcquirerAccess(
        url=settings.url,
        app_id=settings.app_id,
        serial_no=settings.serial_no,
        merchant_no=settings.merchant_no,
        term_no=settings.term_no,
        key=key,
        their_key=their_key,
        timeout_seconds=settings.timeout_seconds,
        codes=settings.codes,
    )
