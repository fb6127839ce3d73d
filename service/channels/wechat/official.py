"""The 公众号: its line to the core, and where its access token comes from."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from service.channels.wechat.api import MAX_MEDIA_BYTES, HttpApi, Media, WechatApi
from service.channels.wechat.settings import WechatSettings
from service.channels.wechat.tokens import Fresh
from service.platform.clock import CHINA, Clock

_LONGEST = 20
"""Characters that a `thing` field of a template takes."""


class StableToken:
    """In its last five minutes stable_token gives the next one, and both are taken."""

    renew_before = timedelta(seconds=300)

    def __init__(self, settings: WechatSettings, http: HttpApi) -> None:
        self.name = settings.app_id
        self._secret = settings.app_secret
        self._http = http

    def fetch(self) -> Fresh:
        body = {
            "grant_type": "client_credential",
            "appid": self.name,
            "secret": self._secret.get_secret_value(),
            "force_refresh": False,
        }
        return Fresh.of(self._http.post("/cgi-bin/stable_token", json.dumps(body).encode()))


class OfficialLine:
    """Replies, and customer-service messages without any key of our own: what may have gone out is not repeated."""

    has_replies = True
    repeats_safely = False

    def __init__(self, api: WechatApi, settings: WechatSettings, clock: Clock) -> None:
        self._api = api
        self.settings = settings
        self._clock = clock

    @property
    def reaches_outside(self) -> bool:
        return bool(self.settings.notice_template)

    def serves(self, openid: str) -> bool:
        return "/" not in openid

    def send_text(self, openid: str, text: str, *, reference: str) -> None:
        self._api.send_text(openid, text)

    def send_outside(self, openid: str, text: str, *, reference: str) -> None:
        """By a template message; the same reference within ten minutes is shown once."""
        self._api.send_template(self._template(openid, text, reference))

    def media(self, media_id: str, *, limit: int = MAX_MEDIA_BYTES) -> Media:
        return self._api.media(media_id, limit=limit)

    def _template(self, openid: str, text: str, reference: str) -> dict[str, Any]:
        about, at = self.settings.notice_template_fields
        moment = self._clock.now().astimezone(CHINA)
        short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        return {
            "touser": openid,
            "template_id": self.settings.notice_template,
            "client_msg_id": reference[:64],
            "data": {about: {"value": short}, at: {"value": f"{moment:%Y-%m-%d %H:%M}"}},
        }
