"""Voice messages become words: by WeChat itself, or fetched and given to a recogniser. Nothing of the sound is kept."""

from __future__ import annotations

import threading
from datetime import timedelta

import structlog

from service.channels.wechat import amr, words
from service.channels.wechat.api import ApiError
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.parts import Parts, Speech, SpeechFailed
from service.channels.wechat.xml import clean

AT_ONCE = 8
"""Recordings in hand in one process: a recogniser that hangs must not take all of its threads."""
HEARD_WITHIN = timedelta(seconds=60)
"""So long a recording may be in hand before somebody else takes it up; a second listener would do no harm."""
MAX_SECONDS = 60.0
_LEEWAY = 1.0
"""WeChat ends a recording at sixty seconds and some frames."""
_MAX_BYTES = 256 * 1024
"""More than a minute of AMR in its best quality."""
_LONGEST = 1_000
"""Characters: nobody says more in a minute, so a recogniser that gives more has misheard."""

log = structlog.get_logger(__name__)


class NotHeard(Exception):
    """The message says to the user why, and what to do instead."""


class Voices:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._hands = threading.BoundedSemaphore(AT_ONCE)

    def hear(self, inbound: Inbound) -> str:
        """What was said, or NotHeard."""
        recognised = inbound.recognition.strip()
        if recognised:
            return recognised
        speech = self._parts.speech
        if speech is None or not inbound.media_id:
            raise NotHeard(words.VOICE)
        if not self._hands.acquire(blocking=False):
            log.warning("wechat.voices_too_many", at_once=AT_ONCE)
            raise NotHeard(words.VOICE)
        try:
            return self._transcribed(speech, self._fetch(inbound))
        finally:
            self._hands.release()

    def _fetch(self, inbound: Inbound) -> bytes:
        try:
            line = self._parts.lines.of(inbound.openid)
            return line.media(inbound.media_id, limit=_MAX_BYTES).content
        except ApiError as error:
            log.warning("wechat.voice_lost", error=str(error))
            raise NotHeard(words.VOICE_LOST) from None

    @staticmethod
    def _transcribed(speech: Speech, content: bytes) -> str:
        seconds, content_type = amr.seconds_of(content), amr.content_type_of(content)
        if seconds is None or content_type is None:
            log.warning("wechat.voice_unreadable", size=len(content))
            raise NotHeard(words.VOICE_LOST)
        if seconds > MAX_SECONDS + _LEEWAY:
            raise NotHeard(words.VOICE_LONG)
        try:
            heard = clean(speech.transcribe(content, content_type) or "").strip()
        except SpeechFailed as error:
            log.warning("wechat.voice_not_transcribed", error=str(error))
            raise NotHeard(words.VOICE) from None
        if not heard or len(heard) > _LONGEST:  # not cut: half a number would not be masked
            raise NotHeard(words.VOICE_UNCLEAR)
        return heard
