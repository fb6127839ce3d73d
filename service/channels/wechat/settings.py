"""Settings of the WeChat bridge alone, read from the environment; without WECHAT_APP_ID it is off."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.channels.wechat.crypto import Crypto, KeyPair
from service.platform.settings import SettingsError, loaded

_APP_ID = re.compile(r"wx[0-9a-f]{16}")
_TOKEN = re.compile(r"[0-9A-Za-z]{3,32}")
_AES_KEY = re.compile(r"[0-9A-Za-z]{43}")
_LONE_NAME = re.compile(r"[a-z][0-9a-z-]*")
_OFFICIAL = "https://api.weixin.qq.com"
_PREFIX = "WECHAT_"


class WechatSettings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_prefix=_PREFIX)

    app_id: str = Field("", description="AppID of the 公众号, wx and 16 characters; empty: the bridge is off")
    app_secret: SecretStr = Field(SecretStr(""), description="AppSecret; asks for the access token")
    token: SecretStr = Field(SecretStr(""), description="Token of 服务器配置, 3–32 letters and digits")
    aes_key: SecretStr = Field(SecretStr(""), description="EncodingAESKey of 服务器配置, 43 characters")
    previous_token: SecretStr = Field(SecretStr(""), description="the Token before, believed while a key is changed")
    previous_aes_key: SecretStr = Field(SecretStr(""), description="the EncodingAESKey that went with it")
    original_id: str = Field("", max_length=32, description="原始ID (gh_…); when set, others are refused")
    mode: Literal["safe", "plain"] = Field("safe", description="消息加解密方式; plain is refused in production")
    api_url: str = Field(_OFFICIAL, description="where WeChat's API is; another one only for tests and proxies")
    notice_template: str = Field(
        "", max_length=64, description="template for notices outside of the 48 hours; empty: SMS tells them alone"
    )
    notice_template_fields: Annotated[tuple[str, str], NoDecode] = Field(
        ("thing1", "time2"), description="its fields for the text and for the time, comma-separated"
    )
    api_timeout_seconds: float = Field(8.0, gt=0, le=30)

    @field_validator("app_id")
    @classmethod
    def _is_an_app_id(cls, value: str) -> str:
        if value and not _APP_ID.fullmatch(value):
            raise ValueError("must be wx and 16 characters of 0-9a-f, as 设置与开发 → 基本配置 shows it")
        return value

    @field_validator("notice_template_fields", mode="before")
    @classmethod
    def _split_fields(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = tuple(part.strip() for part in value.split(","))
        if len(parts) != 2 or not all(re.fullmatch(r"[a-z_]+[0-9]{1,2}", part) for part in parts):
            raise ValueError("must be two fields of the template such as thing1,time2")
        return parts

    @field_validator("api_url")
    @classmethod
    def _can_be_called(cls, value: str) -> str:
        return host_only(value, like=_OFFICIAL)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.app_id:
            return self
        for name, secret in {"WECHAT_APP_SECRET": self.app_secret, "WECHAT_TOKEN": self.token}.items():
            if not secret.get_secret_value():
                raise ValueError(f"{name} is needed with WECHAT_APP_ID")
        check_pair(_PREFIX, self.token, self.aes_key, needs_key=self.mode == "safe")
        if self.previous_token.get_secret_value() or self.previous_aes_key.get_secret_value():
            check_pair(f"{_PREFIX}PREVIOUS_", self.previous_token, self.previous_aes_key)
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.app_id)

    @property
    def is_safe(self) -> bool:
        return self.mode == "safe"

    def refuse_debug(self, *, production: bool) -> None:
        if not self.is_on or not production:
            return
        if not self.is_safe:
            raise SettingsError(
                "ENV=production takes encrypted messages alone: set WECHAT_MODE=safe, and 安全模式 there."
            )
        if not self.api_url.startswith("https://"):
            raise SettingsError("ENV=production calls WeChat by https only: change WECHAT_API_URL.")

    def crypto(self) -> Crypto:
        return crypto_of(self.app_id, (self.token, self.aes_key), (self.previous_token, self.previous_aes_key))


def crypto_of(receiver: str, *pairs: tuple[SecretStr, SecretStr]) -> Crypto:
    """Of the pairs that are set; the first answers."""
    clear = [KeyPair(token.get_secret_value(), key.get_secret_value()) for token, key in pairs]
    return Crypto(receiver, [pair for pair in clear if pair.token])


def host_only(value: str, *, like: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError(f"must look like {like}")
    return value.rstrip("/")


def check_pair(
    prefix: str, token: SecretStr, key: SecretStr, *, needs_key: bool = True, where: str = "服务器配置"
) -> None:
    if not _TOKEN.fullmatch(token.get_secret_value()):
        raise ValueError(f"{prefix}TOKEN must be 3 to 32 letters and digits, the same as in {where}")
    if (needs_key or key.get_secret_value()) and not _AES_KEY.fullmatch(key.get_secret_value()):
        raise ValueError(f"{prefix}AES_KEY must be the 43 letters and digits of EncodingAESKey in {where}")


class SpeechSettings(BaseSettings):
    """A recogniser of speech; without SPEECH_URL voice is asked for in writing."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_prefix="SPEECH_")

    url: str = Field("", description="what stands before /v1/audio/transcriptions; empty: no recogniser")
    model: str = Field("", max_length=200, description="the model's name there; needed with SPEECH_URL")
    token: SecretStr = Field(SecretStr(""), description="sent as a bearer token; empty: none")
    timeout_seconds: float = Field(10.0, gt=0, le=30, description="after this the merchant is asked to type")

    @field_validator("url")
    @classmethod
    def _can_be_called(cls, value: str) -> str:
        parts = _address(value)
        is_whole = parts.path.rstrip("/").endswith(("/v1", "/transcriptions"))
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or is_whole or "@" in parts.netloc):
            raise ValueError("must look like https://speech.example.com, what stands before /v1/audio/transcriptions")
        if parts.query or parts.fragment:
            raise ValueError("must end before ? and #")
        return value.rstrip("/")

    @field_validator("token")
    @classmethod
    def _fits_a_header(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[!-~]*", value.get_secret_value()):
            raise ValueError("must be visible ASCII characters without spaces")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.url and not self.model.strip():
            raise ValueError("SPEECH_MODEL is needed with SPEECH_URL")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.url)

    @property
    def is_encrypted(self) -> bool:
        return self.url.startswith("https://")

    def refuse_open_ways(self, *, production: bool) -> None:
        """What merchants say leaves one's own network encrypted or not at all."""
        if production and self.is_on and not self.is_encrypted and not _is_within(urlsplit(self.url).hostname or ""):
            raise SettingsError(
                "ENV=production sends voice by https only, but for loopback, private addresses and names without a dot:"
                " change SPEECH_URL."
            )


def _address(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for what is no port
    except ValueError:
        raise ValueError("is no address") from None
    return parts


def _is_within(host: str) -> bool:
    """Certainly in the operator's own network: a name without a dot is nobody's on the internet."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _LONE_NAME.fullmatch(host) is not None
    return address.is_loopback or address.is_private


def load_wechat_settings() -> WechatSettings:
    return loaded(WechatSettings)


def load_speech_settings() -> SpeechSettings:
    return loaded(SpeechSettings)
