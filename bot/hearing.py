"""What a person's message means, before Rasa's rules see it: the model's reading, put right where it cannot know."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.nlu import readings
from bot.nlu.changes import wanted_instead
from bot.nlu.parts import pieces, requests_in
from bot.nlu.readings import Parse, Request
from bot.nlu.text import fold
from bot.nlu.words import Words

# A story longer than this is understood by its clearest sentence.
LONG: Final = 120
_MOST_PIECES: Final = 150

Understand = Callable[[str], Awaitable[Parse]]
AsksFreeText = Callable[[], Awaitable[bool]]


class Hearing:
    """Reads one message with the model's parser and the word lists."""

    def __init__(self, understand: Understand, words: Words) -> None:
        self._understand = understand
        self._words = words

    async def hear(self, text: str, metadata: dict[str, Any], asks_free_text: AsksFreeText) -> Parse:
        """The parse data of the message; `asks_free_text` tells whether the form wants a story of any kind now."""
        parse = await self._read(text)
        if readings.is_despair_alone(parse):
            return readings.as_request_for_person(parse)
        if readings.is_picture(text, metadata.get("attachments") or ()):
            return readings.as_picture(parse, text)
        if (meaning := readings.gesture(text, self._words)) is not None:
            return readings.as_gesture(parse, meaning)
        other = await self._another_reading(text, parse)
        return parse if other is None or await asks_free_text() else other

    async def _another_reading(self, text: str, parse: Parse) -> Parse | None:
        if found := readings.ambiguity(text, self._words):
            return readings.as_ambiguous(parse, found)
        parts = requests_in(text, self._words.requests)
        if len(parts) > 1 and (different := readings.several(await self._each(parts[:_MOST_PIECES]))):
            return readings.as_several(parse, different)
        if readings.is_changing(parse) and (instead := wanted_instead(text, self._words.changes)):
            clearest = readings.surest(await self._each([instead]))
            return readings.as_change(parse, clearest) if clearest else None
        if len(text) > LONG:
            return await self._clearest(parse, parts or list(pieces(text, self._words.requests)))
        if readings.is_angry_complaint(parse):
            calm_parts = [part for part in pieces(text, self._words.requests) if not self._is_angry(part)]
            return await self._clearest(parse, calm_parts)
        return None

    async def _clearest(self, parse: Parse, parts: list[str]) -> Parse | None:
        different = list(dict.fromkeys(parts))[:_MOST_PIECES]
        clearest = readings.surest(await self._each(different))
        return readings.as_request(parse, clearest) if clearest else None

    def _is_angry(self, part: str) -> bool:
        return any(telling.search(fold(part)) for _, telling in self._words.mood)

    async def _each(self, parts: list[str]) -> list[Request]:
        return [Request(part, await self._read(part)) for part in parts]

    async def _read(self, text: str) -> Parse:
        return readings.as_numbers_mean(await self._understand(text), text)
