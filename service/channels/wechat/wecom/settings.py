"""Settings of 微信客服 alone, read from the environment; without WECOM_CORP_ID it is off."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from service.channels.wechat.crypto import Crypto
from service.channels.wechat.settings import check_pair, crypto_of, host_only
from service.platform.settings import SettingsError, loaded

_CORP_ID = re.compile(r"w[wx][0-9A-Za-z]{6,30}")
_ACCOUNT = re.compile(r"[0-9A-Za-z_-]{1,64}")
_OFFICIAL = "https://qyapi.weixin.qq.com"
_PREFIX = "WECOM_"


class WecomSettings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_prefix=_PREFIX)

    corp_id: str = Field("", description="企业ID of the 企业微信, ww…; empty: 微信客服 is off")
    secret: SecretStr = Field(SecretStr(""), description="Secret of the application that may call 微信客服")
    token: SecretStr = Field(SecretStr(""), description="Token of 接收事件服务器, 3–32 letters and digits")
    aes_key: SecretStr = Field(SecretStr(""), description="EncodingAESKey of 接收事件服务器, 43 characters")
    previous_token: SecretStr = Field(SecretStr(""), description="the Token before, believed while a key is changed")
    previous_aes_key: SecretStr = Field(SecretStr(""), description="the EncodingAESKey that went with it")
    open_kfids: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="the 客服账号 that are served (wk…), comma-separated; empty: all that ring"
    )
    api_url: str = Field(_OFFICIAL, description="where WeCom's API is; another one only for tests and proxies")
    api_timeout_seconds: float = Field(8.0, gt=0, le=30)

    @field_validator("corp_id")
    @classmethod
    def _is_a_corp_id(cls, value: str) -> str:
        if value and not _CORP_ID.fullmatch(value):
            raise ValueError("must be the 企业ID (ww…) as 我的企业 → 企业信息 shows it")
        return value

    @field_validator("open_kfids", mode="before")
    @classmethod
    def _split_accounts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        accounts = tuple(part.strip() for part in value.split(",") if part.strip())
        if not all(_ACCOUNT.fullmatch(account) for account in accounts):
            raise ValueError("must be 客服账号ID such as wkAJ2GCAAA, comma-separated")
        return accounts

    @field_validator("api_url")
    @classmethod
    def _can_be_called(cls, value: str) -> str:
        return host_only(value, like=_OFFICIAL)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.corp_id:
            return self
        for name, secret in {"WECOM_SECRET": self.secret, "WECOM_TOKEN": self.token}.items():
            if not secret.get_secret_value():
                raise ValueError(f"{name} is needed with WECOM_CORP_ID")
        check_pair(_PREFIX, self.token, self.aes_key, where="接收事件服务器")
        if self.previous_token.get_secret_value() or self.previous_aes_key.get_secret_value():
            check_pair(f"{_PREFIX}PREVIOUS_", self.previous_token, self.previous_aes_key, where="接收事件服务器")
        return self

    @property
    def is_on(self) -> bool:
        return bool(self.corp_id)

    def serves(self, open_kfid: str) -> bool:
        return not self.open_kfids or open_kfid in self.open_kfids

    def refuse_debug(self, *, production: bool) -> None:
        if self.is_on and production and not self.api_url.startswith("https://"):
            raise SettingsError("ENV=production calls WeCom by https only: change WECOM_API_URL.")

    def crypto(self) -> Crypto:
        return crypto_of(self.corp_id, (self.token, self.aes_key), (self.previous_token, self.previous_aes_key))


def load_wecom_settings() -> WecomSettings:
    return loaded(WecomSettings)
