"""Settings of this folder alone, read from the environment like the service's own."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.notifications.channels.email import read_smtp_url
from service.notifications.channels.pinned import IPNetwork
from service.notifications.rules import is_address
from service.platform.settings import REPOSITORY, SettingsError, loaded

_SECRET_PREFIX = "whsec_"  # noqa: S105
_SECRET_BYTES = range(24, 65)


class WebhookTarget(BaseModel):
    """A system of the operator that wants to hear what happens to applications."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{1,39}$", description="what the list of deliveries calls it")
    url: str = Field(max_length=500)
    secret: SecretStr = Field(description="whsec_ and the base64 of 24 to 64 random bytes; the target checks with it")
    events: tuple[str, ...] = Field((), description='e.g. ["application.approved"]; empty: all of them')

    @field_validator("url")
    @classmethod
    def _can_be_called(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
            raise ValueError("url must look like https://crm.example.com/hooks, without a user name")
        return value

    @field_validator("secret")
    @classmethod
    def _is_a_key(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        try:
            key = base64.b64decode(text.removeprefix(_SECRET_PREFIX), validate=True)
        except binascii.Error:
            key = b""
        if not text.startswith(_SECRET_PREFIX) or len(key) not in _SECRET_BYTES:
            raise ValueError("secret must be whsec_ and the base64 of 24 to 64 random bytes")
        return value

    def wants(self, event: str) -> bool:
        return not self.events or event in self.events


class NotificationSettings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    notices_dir: Path = Field(REPOSITORY / "data" / "notices", description="what is said by SMS, e-mail and WeChat")

    smtp_url: SecretStr = Field(
        SecretStr(""), description="smtps://user:password@host:465, or smtp://…:587 for STARTTLS; empty: no e-mail"
    )
    smtp_ca_file: Path | None = Field(None, description="PEM of the authority behind the mail server's certificate")
    mail_from: str = Field("", description='sender, e.g. "客服 <service@example.com>"; needed with SMTP_URL')
    staff_mailboxes: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict,
        description='shared mailboxes by role, e.g. {"reviewer":"review@example.com","lead":"lead@example.com"}',
    )

    webhook_targets: Annotated[tuple[WebhookTarget, ...], NoDecode] = Field(
        (), description='the only addresses that are ever called: [{"name","url","secret","events"}]'
    )
    webhook_networks: Annotated[tuple[IPNetwork, ...], NoDecode] = Field(
        (), description="private networks in which a target may be, comma-separated, e.g. 10.20.0.0/16; empty: none"
    )
    webhook_ca_file: Path | None = Field(None, description="PEM of an authority of one's own, besides the public ones")

    @field_validator("smtp_url")
    @classmethod
    def _smtp_can_be_read(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            read_smtp_url(value.get_secret_value())
        return value

    @field_validator("staff_mailboxes", "webhook_targets", mode="before")
    @classmethod
    def _parse_json(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value.strip() else {}
        except json.JSONDecodeError as error:
            raise ValueError("is not JSON; the example is in docs/notifications.md") from error

    @field_validator("webhook_targets", mode="before")
    @classmethod
    def _no_targets(cls, value: object) -> object:
        return value or ()

    @field_validator("staff_mailboxes")
    @classmethod
    def _are_addresses(cls, value: dict[str, str]) -> dict[str, str]:
        wrong = next((address for address in value.values() if not is_address(address)), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is not an e-mail address")
        return value

    @field_validator("webhook_networks", mode="before")
    @classmethod
    def _split_networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())

    @field_validator("smtp_ca_file", "webhook_ca_file")
    @classmethod
    def _is_there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError(f"{value} is not there")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.smtp_url.get_secret_value() and not is_address(parseaddr(self.mail_from)[1]):
            raise ValueError('MAIL_FROM must be an address such as "客服 <service@example.com>" when SMTP_URL is set')
        names = [target.name for target in self.webhook_targets]
        if len(set(names)) < len(names):
            raise ValueError("WEBHOOK_TARGETS: two targets have the same name")
        return self

    def refuse_plain_targets(self, *, production: bool) -> None:
        plain = [target.name for target in self.webhook_targets if not target.url.startswith("https://")]
        if production and plain:
            raise SettingsError(f"ENV=production calls webhooks by https only: change the url of {', '.join(plain)}.")


def load_notification_settings() -> NotificationSettings:
    return loaded(NotificationSettings)
