"""Where suggestions come from: the bot, other meanings of the message, the knowledge, what is being filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

from service.assist.meanings import NOT_UNDERSTOOD, OUT_OF_SCOPE, QUESTION, SEVERAL, Meaning, Meanings
from service.assist.ports import Ask, Bot, BotSilent, Rehearsed
from service.assist.replies import BY_A_PERSON, READY_TO_FILE, as_sentence, ask_back
from service.assist.rules import Candidate, Source
from service.cases import ApplicationOut
from service.knowledge import Fact, Found, Library, Told

SURE = 0.9
"""From here on other meanings of a message are not looked at."""
FITS = 0.35
"""From this likeness on an entry of the knowledge is worth showing."""
OPEN_QUESTION = 0.5
OPEN_DOCUMENT = 0.45
_KNOWN = 0.5
_RARELY = 0.05
_ASKED_BACK = 0.2
_AMBIGUOUS = 0.5
_MOST_CHOICES = 6


class Sources:
    """`fill` puts the confirmed contacts into a text of the knowledge."""

    def __init__(
        self, bot: Bot, library: Library, meanings: Meanings, fill: Callable[[str], str], pool: Executor
    ) -> None:
        self._bot = bot
        self._library = library
        self._meanings = meanings
        self._fill = fill
        self._pool = pool

    # --- the bot ---

    def hear(self, ask: Ask) -> Rehearsed | None:
        try:
            return self._bot.rehearse(ask)
        except BotSilent:
            return None

    def replies(self, ask: Ask, heard: Rehearsed) -> Iterator[Candidate]:
        """What the bot would say to the likeliest meaning, and to the next ones unless that one is sure."""
        understood = heard.understood
        intent, sure = str(understood.get("intent") or ""), float(understood.get("confidence") or 0)
        others = self._meanings.of(understood)
        if intent == NOT_UNDERSTOOD:
            yield _asking_back(understood, others)
        elif text := as_sentence(heard, intent):
            yield self._reply(ask, intent, sure, text, others)
        if intent not in (NOT_UNDERSTOOD, SEVERAL) and sure >= SURE:
            return
        waiting = [self._pool.submit(self._meant, ask, other) for other in others if other.intent != intent]
        for found in waiting:
            if (candidate := found.result()) is not None:
                yield candidate

    def _reply(self, ask: Ask, intent: str, sure: float, text: str, others: Sequence[Meaning]) -> Candidate:
        if intent == SEVERAL:
            about = "、".join(other.title for other in others)
            return Candidate("reply", about, text, sure, f"一句话里有几件事：{about}", SEVERAL)
        told = self._told(intent, ask.text or "")
        source = _source(told) if told and self._fill(told.fact.answer) in text else None
        title = self._meanings.title(intent)
        return Candidate("reply", title, text, sure, f"像是“{title}”，机器人会这样答", intent, source)

    def _meant(self, ask: Ask, meaning: Meaning) -> Candidate | None:
        """What would be said if the message had this meaning."""
        intent, reason = meaning.intent, f"也可能是“{meaning.title}”"
        if told := self._told(intent, ask.text or ""):
            text = self._fill(told.fact.answer)
            return Candidate("knowledge", meaning.title, text, meaning.confidence, reason, intent, _source(told))
        if intent == OUT_OF_SCOPE:
            return None
        if intent in BY_A_PERSON:
            return Candidate("reply", meaning.title, BY_A_PERSON[intent], meaning.confidence, reason, intent)
        heard = self.hear(Ask(ask.conversation_id, ask.channel, ask.merchant_no, payload=f"/{intent}"))
        text = as_sentence(heard, intent) if heard else ""
        return Candidate("reply", meaning.title, text, meaning.confidence, reason, intent) if text else None

    # --- the knowledge ---

    def entries(self, text: str) -> list[Found]:
        return self._library.search_all(text, 5)

    def knowledge(self, found: Sequence[Found], meanings: Sequence[Meaning]) -> Iterator[Candidate]:
        """The confirmed fact that is nearest; as likely as its topic, or as what the meanings leave."""
        left = max(_RARELY, 1 - sum(meaning.confidence for meaning in meanings))
        for item in found:
            if isinstance(item.entry, Fact) and item.entry.status == "confirmed" and item.score >= FITS:
                intent = f"{QUESTION}{item.topic}"
                chance = next((meaning.confidence for meaning in meanings if meaning.intent == intent), 0.0)
                text, source = self._fill(item.entry.answer), _source(Told(item.topic, item.entry))
                reason = f"知识库里最接近的一条，{item.entry.reviewed_on:%Y-%m-%d} 核对过"
                sure = max(chance, min(item.score * _KNOWN, left))
                yield Candidate("knowledge", self._meanings.title(intent), text, sure, reason, intent, source)
                return

    def _told(self, intent: str, sentence: str) -> Told | None:
        return self._library.tell(intent.removeprefix(QUESTION), sentence) if intent.startswith(QUESTION) else None


def _asking_back(understood: Mapping[str, Any], others: Sequence[Meaning]) -> Candidate:
    """A word with several meanings is asked about first; what was not understood at all, when nothing is likelier."""
    titles = [other.title for other in others if other.intent != OUT_OF_SCOPE]
    asked = next((item["value"] for item in understood.get("entities", ()) if item["entity"] == "ambiguous"), None)
    if asked is None:
        return Candidate(
            "reply", "请商户再说清楚", ask_back(titles), _ASKED_BACK, "没听明白，可以这样追问", NOT_UNDERSTOOD
        )
    text = f"{asked}可以选：{'、'.join(titles)}"
    return Candidate("reply", "问清楚是哪一样", text, _AMBIGUOUS, "这个词有几种意思", NOT_UNDERSTOOD)


# --- what is being filled in -----------------------------------------------------------------------------------------


def steps(applications: Sequence[ApplicationOut]) -> Iterator[Candidate]:
    """The next question and the next document, each of the application that changed last."""
    asking = next((item for item in applications if item.next_question and "answer" in item.allowed_actions), None)
    if asking is not None and asking.next_question is not None:
        question = asking.next_question
        text = READY_TO_FILE if question.kind == "confirm" else _put(question)
        reason = f"“{asking.label}”接下来要问的"
        yield Candidate("question", f"问：{question.label}", text, OPEN_QUESTION, reason, None)
    for application in applications:
        missing = [item for item in application.documents if item.required and item.state in ("missing", "rejected")]
        if application.state != "draft" and missing:
            document = missing[0]
            text = f"“{application.label}”还差一份材料：{document.title}。{document.reason or document.how}"
            reason = f"{application.application_no} 还差 {len(missing)} 份材料"
            yield Candidate("checklist", f"要材料：{document.title}", text, OPEN_DOCUMENT, reason, "补交材料")
            return


def _put(question: Any) -> str:
    titles = [choice.title for choice in question.choices]
    if titles and len(titles) <= _MOST_CHOICES:
        return f"{question.prompt}\n可以选：{'、'.join(titles)}"
    return f"{question.prompt}\n例如：{question.example}" if question.example and not titles else question.prompt


def _source(told: Told) -> Source:
    return Source(told.fact.source.name, told.fact.status, told.fact.reviewed_on)
