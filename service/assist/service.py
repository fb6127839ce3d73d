"""Use cases: suggestions for a message, what became of them, drafts, summaries, meanings that are put right."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.accounts import Accounts, Actor, StaffMember
from service.assist import store
from service.assist.alarms import Alarm, alarm_for
from service.assist.distance import edit_distance
from service.assist.drafts import DraftWarning, check_draft
from service.assist.locks import KeyedLocks
from service.assist.meanings import Meaning, Meanings
from service.assist.models import CorrectedMeaning, Suggestion, SuggestionSet
from service.assist.ports import Ask, Bot, Chats, Heard, Scene
from service.assist.problems import MeaningUnknown, NoSuchMessage, NoSuchSuggestion, NotYours
from service.assist.replies import in_a_persons_words
from service.assist.rules import Candidate, Outcome, choose, may_become, outcome_of
from service.assist.sources import Sources, steps
from service.assist.summary import Summary, draft_summary
from service.cases import ApplicationOut, Cases
from service.knowledge import FoundContact, Knowledge, fill_in_contacts
from service.platform.context import Platform
from service.platform.ids import new_id
from service.platform.problems import NotFound

SERVED = ("waiting", "agent")
_APPLICATIONS = 3
_LINES = 200
_ABOUT = 0.5

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Shown:
    """What an agent sees of one set."""

    found: SuggestionSet
    items: Sequence[Suggestion]
    withdrawn: bool


@dataclass(frozen=True)
class _Made:
    """Suggestions before they are stored."""

    candidates: list[Candidate]
    meanings: list[Meaning]
    alarm: Alarm | None
    model: str | None
    took_ms: int


class Assist:
    """`pool` is where other meanings are rehearsed beside each other."""

    def __init__(
        self,
        platform: Platform,
        *,
        accounts: Accounts,
        cases: Cases,
        knowledge: Knowledge,
        chats: Chats,
        bot: Bot,
        pool: Executor,
    ) -> None:
        self._database = platform.database
        self._clock = platform.clock
        self._accounts = accounts
        self._cases = cases
        self._chats = chats
        self._knowledge = knowledge
        self._confirmed = platform.settings.official_contacts
        procedures = {procedure.intent: procedure.title for procedure in cases.parts.catalogue.values()}
        topics = list(dict.fromkeys(topic for topic, _entry in knowledge.library))
        self.meanings = Meanings(procedures, topics)
        self._one_at_a_time = KeyedLocks()
        self._sources = Sources(bot, knowledge.library, self.meanings, self._fill, pool)

    # --- suggestions ---

    def suggest(self, conversation_id: str) -> bool:
        """Makes the suggestions for the merchant's last message, unless they are there; True when they are new.

        Whoever looks while they are being made waits for them.
        """
        with self._one_at_a_time.of(conversation_id):
            with self._database.session() as session:
                scene = self._chats.scene(session, conversation_id)
                if scene is None or scene.status not in SERVED or scene.heard is None:
                    return False
                if store.set_of(session, conversation_id, scene.heard.seq) is not None:
                    return False
                actor = self._actor(session, conversation_id)
                identity = self._accounts.identities.of_conversation(session, conversation_id)
                applications = self._cases.shown(session, actor, limit=_APPLICATIONS)
            made = self._make(scene, scene.heard, identity.merchant_no if identity else None, applications)
            return self._keep(scene.heard, conversation_id, made)

    def show(self, conversation_id: str) -> Shown | None:
        """The newest set, made now if need be; who looks has been shown it."""
        self.suggest(conversation_id)
        with self._database.begin() as session:
            scene = self._chats.scene(session, conversation_id)
            if scene is None:
                raise NotFound
            found = store.newest_set(session, conversation_id)
            if found is None:
                return None
            store.mark_shown(session, found.id, self._clock.now())
            withdrawn = scene.status not in SERVED or scene.heard is None or scene.heard.seq > found.based_on
            return Shown(found, store.items_of(session, found.id), withdrawn)

    def newest(self, session: Session, conversation_id: str) -> int | None:
        """For which message the newest suggestions are; for streams that tell of them."""
        return store.newest_based_on(session, conversation_id)

    # --- outcomes ---

    def note_outcome(self, suggestion_id: str, staff: StaffMember, outcome: Literal["inserted", "dismissed"]) -> None:
        with self._database.begin() as session:
            suggestion = session.get(Suggestion, suggestion_id, with_for_update=True)
            if suggestion is None:
                raise NoSuchSuggestion
            scene = self._chats.scene(session, suggestion.conversation_id)
            if scene is None or scene.status != "agent" or scene.agent_id != staff.id:
                raise NotYours
            if may_become(suggestion.outcome, outcome):
                _end(suggestion, outcome, staff.id, self._clock.now())

    def sent(
        self, session: Session, suggestion_id: str, *, conversation_id: str, staff_id: str, text: str, seq: int
    ) -> None:
        """A message was made from this suggestion. A suggestion of another conversation is none."""
        suggestion = session.get(Suggestion, suggestion_id, with_for_update=True)
        if suggestion is None or suggestion.conversation_id != conversation_id:
            raise NoSuchSuggestion
        if not may_become(suggestion.outcome, "sent"):
            return
        distance = edit_distance(suggestion.text.strip(), text.strip())
        now = self._clock.now()
        suggestion.shown_at = suggestion.shown_at or now
        suggestion.distance, suggestion.message_seq = distance, seq
        _end(suggestion, outcome_of(distance), staff_id, now)

    def moved_on(self, session: Session, conversation_id: str) -> None:
        """The conversation was handed back or closed."""
        store.moved_on(session, conversation_id, self._clock.now())

    # --- drafts, summaries, meanings ---

    def check_draft(self, text: str) -> list[DraftWarning]:
        return check_draft(text, self._contacts_in)

    def summary(self, conversation_id: str) -> Summary:
        with self._database.session() as session:
            if self._chats.scene(session, conversation_id) is None:
                raise NotFound
            lines = self._chats.lines(session, conversation_id, _LINES)
            actor = self._actor(session, conversation_id)
            applications = self._cases.shown(session, actor, only_open=False, here=True)
            about = [found.meanings[0] for found in store.sets_of(session, conversation_id) if found.meanings]
        titles = [
            meaning["title"] for meaning in about if meaning["confidence"] >= _ABOUT and _tells(meaning["intent"])
        ]
        return draft_summary(lines, applications, titles)

    def correct_meaning(self, conversation_id: str, staff: StaffMember, seq: int, intent: str) -> None:
        """The last word about a message counts."""
        if intent not in self.meanings:
            raise MeaningUnknown
        with self._database.begin() as session:
            heard = self._chats.heard(session, conversation_id, seq)
            if heard is None or heard.payload is not None:
                raise NoSuchMessage
            row = store.correction(session, conversation_id, seq)
            if row is None:
                row = self._correction_of(session, conversation_id, heard)
                session.add(row)
            row.label, row.corrected_by, row.at = intent, staff.id, self._clock.now()

    # --- making ---

    def _make(
        self, scene: Scene, heard: Heard, merchant_no: str | None, applications: Sequence[ApplicationOut]
    ) -> _Made:
        started, began = time.monotonic(), self._clock.now()
        text = None if heard.payload else heard.text
        ask = Ask(scene.conversation_id, scene.channel, merchant_no, text=text, payload=heard.payload)
        rehearsed = self._sources.hear(ask)
        heard_at = time.monotonic()
        understood = rehearsed.understood if rehearsed else {}
        meanings = self.meanings.of(understood)
        found = self._sources.entries(heard.text) if text else []
        candidates = [
            *(self._sources.replies(ask, rehearsed) if rehearsed else ()),
            *self._sources.knowledge(found, meanings),
            *steps(applications),
        ]
        intent, sure = str(understood.get("intent") or ""), float(understood.get("confidence") or 0)
        alarm = alarm_for(heard.text, intent, sure, found, self._contacts_in) if text else None
        ended = time.monotonic()
        log.info(
            "assist.made",
            conversation_id=scene.conversation_id,
            waited_ms=_ms((began - heard.at).total_seconds()),
            rehearsal_ms=_ms(heard_at - started),
            others_ms=_ms(ended - heard_at),
        )
        model = str(understood["model"]) if understood.get("model") else None
        return _Made(choose(candidates, scene.said), meanings, alarm, model, _ms(ended - started))

    def _keep(self, heard: Heard, conversation_id: str, made: _Made) -> bool:
        try:
            with self._database.begin() as session:
                now = self._clock.now()
                store.ignore_untouched(session, conversation_id, heard.seq, now)
                found = SuggestionSet(
                    id=new_id(),
                    conversation_id=conversation_id,
                    based_on=heard.seq,
                    meanings=[asdict(meaning) for meaning in made.meanings],
                    alarm=asdict(made.alarm) if made.alarm else None,
                    model=made.model,
                    took_ms=made.took_ms,
                    created_at=now,
                )
                session.add(found)
                session.flush()
                session.add_all(_row(found, rank, one) for rank, one in enumerate(made.candidates, start=1))
                self._chats.touch(session, conversation_id)
        except IntegrityError:  # another copy was as quick
            return False
        return True

    def _correction_of(self, session: Session, conversation_id: str, heard: Heard) -> CorrectedMeaning:
        found = store.set_of(session, conversation_id, heard.seq)
        taken = found.meanings[0] if found and found.meanings else {"intent": "", "confidence": 0.0}
        return CorrectedMeaning(
            id=new_id(),
            conversation_id=conversation_id,
            seq=heard.seq,
            text=heard.text,
            taken_for=taken["intent"],
            confidence=taken["confidence"],
            model=found.model if found else None,
        )

    def _actor(self, session: Session, conversation_id: str) -> Actor:
        """The bot may see exactly what the conversation's merchant may."""
        party = self._accounts.party_of(session, conversation_id)
        return Actor(conversation_id, party.merchant_id if party else None, "bot", party.kind if party else None)

    def _contacts_in(self, text: str) -> list[FoundContact]:
        return self._knowledge.contacts_in(text, self._confirmed)

    def _fill(self, text: str) -> str:
        return in_a_persons_words(fill_in_contacts(text, self._confirmed))


def _row(found: SuggestionSet, rank: int, candidate: Candidate) -> Suggestion:
    source = candidate.source
    return Suggestion(
        id=new_id(),
        set_id=found.id,
        conversation_id=found.conversation_id,
        based_on=found.based_on,
        rank=rank,
        kind=candidate.kind,
        intent=candidate.intent,
        title=candidate.title[:120],
        text=candidate.text,
        confidence=round(candidate.confidence, 4),
        reason=candidate.reason[:200],
        source={**asdict(source), "reviewed_on": source.reviewed_on.isoformat()} if source else None,
        model=found.model,
        outcome="made",
        created_at=found.created_at,
    )


def _end(suggestion: Suggestion, outcome: Outcome, by: str, at: datetime) -> None:
    suggestion.outcome, suggestion.outcome_by, suggestion.outcome_at = outcome, by, at


def _tells(intent: str) -> bool:
    return intent not in ("问候", "感谢", "告别", "肯定", "否定", "转人工", "机器人", "超出范围", "继续")


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
