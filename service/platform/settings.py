"""All settings of the service: what they are called in the environment, what they mean, and what is refused."""

import base64
import binascii
import functools
import json
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MINIMUM_SECRET_LENGTH = 32
VAULT_KEY_BYTES = 32
DEMO_PREFIX = "demo-"
REPOSITORY = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """A setting that stops the start; the message is one sentence that says what to do."""


class OfficialContact(BaseModel):
    """A contact that the operator has confirmed as its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["phone", "website", "email", "wechat", "app", "complaint"]
    value: str = Field(min_length=2, max_length=200)
    title: str = Field(min_length=1, max_length=60)


class Settings(BaseSettings):
    """Read from the environment only; the field names in capitals are the variables' names."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    env: Literal["demo", "production"] = Field(
        "demo", description="demo shows codes and identities to try things out; production refuses all of that"
    )

    # Where the service listens and what it is called from outside.
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    public_url: str = Field("", description="address that browsers use; empty: http://127.0.0.1:PORT")
    trusted_proxies: str = Field(
        "127.0.0.1", description="proxies whose X-Forwarded-For is believed, comma-separated addresses"
    )
    copy_id: str = Field("", description="stable name of this copy of the service; empty: host name and port")

    # Where data stands.
    data_dir: Path = Field(REPOSITORY / "var", description="folder for SQLite files, uploads and demo secrets")
    database_url: str = Field("", description="empty: SQLite in DATA_DIR; or postgresql+psycopg://…")
    jobs_database_url: str = Field(
        "", description="durable jobs; empty: SQLite in DATA_DIR, or DATABASE_URL's PostgreSQL"
    )
    web_dist: Path = Field(REPOSITORY / "web" / "dist", description="built web pages")
    procedures_dir: Path = REPOSITORY / "data" / "procedures"
    knowledge_dir: Path = REPOSITORY / "data" / "knowledge"

    # The Rasa side.
    rasa_url: str = "http://127.0.0.1:5005"
    turn_timeout_seconds: float = Field(20.0, gt=0, le=120)

    # Secrets.
    service_token: SecretStr = Field(..., description="shared with Rasa and its actions")
    secret_key: SecretStr = Field(..., description="signs conversation tokens, keys blind indexes")
    vault_keys: SecretStr = Field(..., description='"id:base64 of 32 bytes,…"; the first one encrypts, all decrypt')
    identity_secrets: SecretStr = Field(
        SecretStr(""), description='"site:secret,…" of the pages that vouch for their merchants; may be empty'
    )
    staff_demo_passwords: SecretStr = Field(SecretStr(""), description='"login:password,…", read by service.demo alone')

    # Who may embed the widget: exact origins, comma-separated. Nobody by default.
    widget_allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    # The same for the panel of suggestions, <pos-assist>.
    assist_allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()

    # Adapters to the outside.
    sms_adapter: Literal["off", "log", "file"] = "off"
    payout_adapter: Literal["manual", "simulated", "acquirer"] = Field(
        "manual", description="who pays: people, a made-up bank, or the acquirer's API (PAYOUT_ACQUIRER_…)"
    )

    # The operator. Contacts that are not listed here are never given out.
    company_name: str = "收单机构（未配置）"
    official_contacts: Annotated[tuple[OfficialContact, ...], NoDecode] = ()

    return_address: str = Field(
        "", max_length=200, description="where merchants send machines back; empty: they are told that it is not set"
    )

    # Review.
    four_eyes_above_fen: int = Field(50_000, ge=0, description="above this, a second person lets a payout go")

    # Agents.
    agent_hours: str = Field(
        "09:00-18:00",
        pattern=r"^(always|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$",
        description="when agents are there, on working days; always: day and night",
    )
    assignment: Literal["claim", "auto"] = Field(
        "claim", description="whether agents pick the waiting ones, or get them by skill and free capacity"
    )
    agent_capacity: int = Field(3, ge=1, le=20, description="conversations at once, until the agent says otherwise")
    agent_wait_minutes: int = Field(5, ge=1, le=240, description="who waits longer is told that it takes longer")
    agent_reply_minutes: int = Field(5, ge=1, le=240, description="an agent who is silent for longer loses the turn")
    agent_idle_minutes: int = Field(30, ge=1, le=1440, description="a merchant who is silent goes back to the bot")
    service_level_seconds: int = Field(60, ge=5, le=3600, description="within how long an agent should be there")
    call_system_token: SecretStr = Field(
        SecretStr(""), description="shared with the call system that posts utterances; empty: it may not"
    )

    # Limits.
    conversation_ttl_days: int = Field(90, ge=1, le=365)
    staff_session_hours: int = Field(10, ge=1, le=24, description="after this long everybody logs in again")
    staff_idle_minutes: int = Field(60, ge=5, le=720, description="a session that is not used for this long ends")
    staff_second_factor: Literal["off", "optional", "required"] = Field(
        "optional", description="codes from a phone at log-in: nobody, who wants to, or everybody of the staff"
    )
    messages_per_minute: int = Field(30, ge=1)
    conversations_per_hour: int = Field(60, ge=1, description="anonymous starts per address")
    verifications_per_hour: int = Field(5, ge=1, description="codes per conversation and per phone")
    limits_storage_url: str = Field("memory://", description="where rate limits count; redis://… for several copies")
    log_format: Literal["console", "json"] = "json"

    @field_validator("widget_allowed_origins", "assist_allowed_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        origins = tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        for origin in origins:
            scheme, _, rest = origin.partition("://")
            if scheme not in {"http", "https"} or not rest or any(c in rest for c in "/ ;*'\""):
                raise ValueError(f"{origin!r} is not an origin such as https://shop.example.com")
        return origins

    @field_validator("official_contacts", mode="before")
    @classmethod
    def _parse_contacts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(json.loads(value)) if value.strip() else ()
        except (json.JSONDecodeError, TypeError) as error:
            raise ValueError('must be a JSON list of {"kind","value","title"}') from error

    @field_validator("service_token", "secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < MINIMUM_SECRET_LENGTH:
            raise ValueError(f"must have at least {MINIMUM_SECRET_LENGTH} characters")
        return value

    @field_validator("call_system_token")
    @classmethod
    def _long_enough_if_any(cls, value: SecretStr) -> SecretStr:
        return cls._long_enough(value) if value.get_secret_value() else value

    @field_validator("agent_hours")
    @classmethod
    def _opens_before_it_closes(cls, value: str) -> str:
        opens, _, closes = value.partition("-")
        if closes and opens >= closes:
            raise ValueError("must open before it closes, such as 09:00-18:00")
        return value

    @field_validator("vault_keys", "identity_secrets", "staff_demo_passwords")
    @classmethod
    def _pairs_can_be_read(cls, value: SecretStr) -> SecretStr:
        _pairs(value)
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.vault_key_bytes:
            raise ValueError("VAULT_KEYS needs at least one key")
        for site, secret in self.identity_sites.items():
            if len(secret) < MINIMUM_SECRET_LENGTH:
                raise ValueError(f"IDENTITY_SECRETS: the secret of {site!r} needs {MINIMUM_SECRET_LENGTH} characters")
        if self.env == "production":
            self._refuse_debug()
        return self

    def _refuse_debug(self) -> None:
        secrets = {"SERVICE_TOKEN": self.service_token, "SECRET_KEY": self.secret_key}
        demo = [name for name, secret in secrets.items() if secret.get_secret_value().startswith(DEMO_PREFIX)]
        demo += ["VAULT_KEYS"] * any(key_id.startswith(DEMO_PREFIX) for key_id in self.vault_key_bytes)
        demo += ["IDENTITY_SECRETS"] * any(value.startswith(DEMO_PREFIX) for value in self.identity_sites.values())
        demo += ["STAFF_DEMO_PASSWORDS"] * bool(self.staff_demo_passwords.get_secret_value())
        demo += ["SMS_ADAPTER"] * (self.sms_adapter != "off")
        demo += ["PAYOUT_ADAPTER"] * (self.payout_adapter == "simulated")
        demo += ["PUBLIC_URL"] * (not self.public_url.startswith("https://"))
        if demo:
            raise ValueError(f"ENV=production refuses the demo or missing value of {', '.join(demo)}")

    @property
    def is_demo(self) -> bool:
        return self.env == "demo"

    @property
    def base_url(self) -> str:
        return self.public_url.rstrip("/") or f"http://127.0.0.1:{self.port}"

    @property
    def executor_id(self) -> str:
        return self.copy_id or f"{socket.gethostname()}-{self.port}"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'service.sqlite'}"

    @property
    def jobs_database(self) -> str:
        if self.jobs_database_url or self.database.startswith("postgresql"):
            return self.jobs_database_url or self.database
        return f"sqlite:///{self.data_dir / 'dbos.sqlite'}"

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"

    @property
    def vault_key_bytes(self) -> dict[str, bytes]:
        """Key id → key; the first one is current."""
        return {key_id: _vault_key(key_id, value) for key_id, value in _pairs(self.vault_keys).items()}

    @property
    def identity_sites(self) -> dict[str, str]:
        return _pairs(self.identity_secrets)

    @property
    def staff_demo_logins(self) -> dict[str, str]:
        return _pairs(self.staff_demo_passwords)


def _pairs(secret: SecretStr) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in secret.get_secret_value().split(","))):
        name, separator, value = part.partition(":")
        if not separator or not name or not value:
            raise ValueError('must look like "name:value,name:value"')
        pairs[name] = value
    return pairs


def _vault_key(key_id: str, value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != VAULT_KEY_BYTES:
        raise ValueError(f"VAULT_KEYS: the key {key_id!r} is not the base64 of {VAULT_KEY_BYTES} bytes")
    return key


def loaded[Kind: BaseSettings](kind: type[Kind], overrides: Mapping[str, Any] | None = None) -> Kind:
    """The settings of the environment, or a SettingsError with one sentence that names them as they stand there."""
    try:
        return kind(**(overrides or {}))
    except ValidationError as error:
        raise SettingsError(_say_mistake(error, kind.model_config.get("env_prefix", ""))) from None


def load_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    return loaded(Settings, overrides)


def _say_mistake(error: ValidationError, prefix: str) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0]).upper() if first["loc"] else ""
    if name and not name.startswith(prefix):
        name = prefix + name
    if first["type"] == "missing":
        return f"{name} is not set: run `python -m service.demo_env` once and load var/demo.env, or set it yourself."
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name} cannot be used: {reason}." if name else f"The settings do not fit: {reason}."


@functools.cache
def get_settings() -> Settings:
    return load_settings()
