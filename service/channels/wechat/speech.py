"""A recogniser of speech over HTTP: `POST /v1/audio/transcriptions`, as many of them speak it."""

from __future__ import annotations

import json
import time

import httpx

from service.channels.wechat.downloads import AS_IT_IS, TooMuch, read_limited
from service.channels.wechat.parts import Speech, SpeechFailed
from service.channels.wechat.settings import SpeechSettings
from service.platform.context import Platform

_PATH = "/v1/audio/transcriptions"
_CONNECT_SECONDS = 3.0
_MAX_ANSWER = 64 * 1024


class HttpSpeech:
    """The recording goes along in memory and is in no file of ours."""

    def __init__(self, settings: SpeechSettings) -> None:
        self._settings = settings
        token = settings.token.get_secret_value()
        self._http = httpx.Client(
            base_url=settings.url,
            timeout=httpx.Timeout(settings.timeout_seconds, connect=min(_CONNECT_SECONDS, settings.timeout_seconds)),
            headers={**AS_IT_IS, **({"Authorization": f"Bearer {token}"} if token else {})},
            follow_redirects=False,
            trust_env=settings.is_encrypted,  # no proxy reads along on the way through one's own network
        )

    def transcribe(self, content: bytes, content_type: str) -> str | None:
        form = {"model": self._settings.model, "language": "zh", "response_format": "json"}
        files = {"file": ("voice.amr", content, content_type)}
        ends_at = time.monotonic() + self._settings.timeout_seconds
        try:
            with self._http.stream("POST", _PATH, data=form, files=files) as response:
                answer = read_limited(response, limit=_MAX_ANSWER, seconds=ends_at - time.monotonic())
        except TooMuch:
            raise SpeechFailed("an answer that is too large") from None
        except httpx.HTTPError as error:
            raise SpeechFailed(type(error).__name__) from None
        if response.status_code != httpx.codes.OK:
            raise SpeechFailed(f"status {response.status_code}")
        return _text(answer)


def create_speech(platform: Platform, settings: SpeechSettings) -> Speech | None:
    """None when there is no recogniser."""
    settings.refuse_open_ways(production=not platform.settings.is_demo)
    return HttpSpeech(settings) if settings.is_on else None


def _text(answer: bytes) -> str | None:
    try:
        body = json.loads(answer)
    except ValueError:
        raise SpeechFailed("an answer that is no JSON") from None
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str):
        raise SpeechFailed("an answer without a text")
    return text.strip() or None
