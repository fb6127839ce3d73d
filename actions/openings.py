"""What comes before the matter itself: a calm word to the angry, a line of English, the way for consumers."""

from typing import Final

from actions import consumers, mood
from actions.talk import Events, Talk

_ENGLISH: Final = (
    "I understand Chinese best. You can type a few words, such as 退押金 (deposit refund) or 转人工 (a person)."
)


def first_words(talk: Talk) -> Events | None:
    """Says it; events mean that the message is answered with that."""
    if not talk.said.is_payload and talk.is_new("language"):
        talk.say(_ENGLISH)
    if mood.is_upset(talk):
        mood.calm(talk)
    return consumers.show_the_way(talk) if consumers.is_at_the_wrong_place(talk) else None
