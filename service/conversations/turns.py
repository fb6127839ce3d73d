"""The transactions of a turn: taken in hand under a lease, answered, put off, or given up with an apology."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from service.accounts import Accounts
from service.conversations import rules, store
from service.conversations.blocks import Block, Choice, ChoicesBlock, NoticeBlock, TextBlock, notice_block
from service.conversations.desk.rules import next_mood
from service.conversations.engine import TurnAnswer, TurnRequest
from service.conversations.forgetting import erase_rest
from service.conversations.models import Conversation, Turn
from service.platform.context import Platform
from service.platform.ids import new_id
from service.platform.vault import refused_kinds

_CANDIDATES = 16

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claim:
    """A turn in hand. Whoever lost the lease in the meantime finds another token there and changes nothing."""

    request: TurnRequest
    row_id: int
    token: str

    @property
    def is_forgetting(self) -> bool:
        return self.request.event == store.FORGET


class Turns:
    def __init__(self, platform: Platform, accounts: Accounts, owner: str) -> None:
        self._database = platform.database
        self._clock = platform.clock
        self._accounts = accounts
        self._owner = owner

    def claim(self) -> Claim | None:
        """Takes the next due turn of a conversation that nobody has in hand."""
        with self._database.session() as session:
            candidates = store.conversations_with_due_turn(session, self._clock.now(), _CANDIDATES)
        for conversation_id in candidates:
            try:
                with self._database.begin() as session:
                    claim = self._try_claim(session, conversation_id)
            except SQLAlchemyError:
                raise
            except Exception:  # one conversation that cannot be read must not hold up the others
                log.exception("turn.cannot_be_taken", conversation_id=conversation_id)
                continue
            if claim:
                return claim
        return None

    def finish(self, claim: Claim, answer: TurnAnswer) -> bool:
        """The answer and the end of the turn, in one transaction; False if somebody else has the turn by now."""
        with self._database.begin() as session:
            held = self._held(session, claim)
            if held is None:
                return False
            conversation, turn, now = held
            blocks = [*_warning(turn.text), *answer.blocks]
            store.append_from_bot(session, conversation, blocks, now=now, in_reply_to=turn.message_seq)
            turn.understood = answer.understood
            if turn.message_seq is not None:
                conversation.mood = next_mood(conversation.mood, answer.understood)
            _end(turn, "done", now)
            conversation.told_waiting_at = None
            _release(conversation)
        return True

    def finish_forgetting(self, claim: Claim) -> None:
        with self._database.begin() as session:
            held = self._held(session, claim)
            if held is None:
                return
            conversation, turn, _now = held
            session.delete(turn)
            _release(conversation)
            session.flush()
            erase_rest(session, conversation)
        log.info("conversation.forgotten")

    def put_off(self, claim: Claim) -> None:
        """The engine is away: the turn waits, and the merchant is told once."""
        with self._database.begin() as session:
            held = self._held(session, claim)
            if held is None:
                return
            conversation, turn, now = held
            turn.waits += 1
            if claim.is_forgetting:
                turn.next_at = now + rules.forget_again_after(turn.waits)
                _release(conversation)
                return
            turn.next_at = now + rules.retry_after(turn.waits)
            if rules.should_tell(turn.waits, now - turn.created_at, told=conversation.told_waiting_at is not None):
                blocks = [notice_block(rules.WAITING)]
                store.append(session, conversation, sender="system", blocks=blocks, now=now)
                conversation.told_waiting_at = now
            _release(conversation)

    def fail(self, claim: Claim) -> None:
        """The turn failed though the engine is well: once more, or an apology that lets the next turns pass."""
        with self._database.begin() as session:
            held = self._held(session, claim)
            if held is None:
                return
            conversation, turn, now = held
            turn.failures += 1
            turn.next_at = now + rules.retry_after(turn.failures)
            if rules.gives_up(turn.failures):
                blocks = [TextBlock(text=rules.APOLOGY), *_same_choices(session, turn)]
                store.append_from_bot(session, conversation, blocks, now=now, in_reply_to=turn.message_seq)
                _end(turn, "failed", now)
                conversation.told_waiting_at = None
                log.error("turn.given_up", turn_id=turn.turn_id, conversation_id=conversation.id)
            _release(conversation)

    def renew(self, tokens: list[str]) -> None:
        with self._database.begin() as session:
            store.renew_leases(session, tokens, self._clock.now() + rules.LEASE)

    def drop_own_leases(self) -> None:
        """A copy that starts again has no turn in hand, whatever it had when it died."""
        with self._database.begin() as session:
            store.drop_leases_of(session, self._owner)

    def _try_claim(self, session: Session, conversation_id: str) -> Claim | None:
        now = self._clock.now()
        conversation = store.lock(session, conversation_id, skip_locked=True, even_forgotten=True)
        if conversation is None or (conversation.lease_until and conversation.lease_until > now):
            return None
        turn = store.next_turn(session, conversation_id)
        if turn is None or turn.next_at > now:
            return None
        conversation.lease_owner = self._owner
        conversation.lease_token = new_id()
        conversation.lease_until = now + rules.LEASE
        return Claim(self._request(session, conversation, turn), turn.id, conversation.lease_token)

    def _request(self, session: Session, conversation: Conversation, turn: Turn) -> TurnRequest:
        identity = self._accounts.identities.of_conversation(session, conversation.id)
        return TurnRequest(
            conversation_id=conversation.id,
            turn_id=turn.turn_id,
            text=turn.text,
            payload=turn.payload,
            channel=conversation.channel,
            merchant_no=identity.merchant_no if identity else None,
            event=turn.event,
            event_note=turn.event_note,
        )

    def _held(self, session: Session, claim: Claim) -> tuple[Conversation, Turn, datetime] | None:
        conversation = store.lock(session, claim.request.conversation_id, even_forgotten=True)
        turn = session.get(Turn, claim.row_id)
        if conversation is None or conversation.lease_token != claim.token:
            log.warning("turn.lease_lost", turn_id=claim.request.turn_id)
            return None
        is_mine = turn is not None and turn.turn_id == claim.request.turn_id  # SQLite gives ids of deleted rows again
        if turn is None or not is_mine or turn.state != "pending":  # a person took over meanwhile, or the user left
            log.info("turn.superseded", turn_id=claim.request.turn_id)
            _release(conversation)
            return None
        return conversation, turn, self._clock.now()


def _end(turn: Turn, state: str, now: datetime) -> None:
    turn.state, turn.finished_at = state, now


def _release(conversation: Conversation) -> None:
    conversation.lease_owner = conversation.lease_token = conversation.lease_until = None


def _warning(text: str) -> Iterator[Block]:
    kinds = refused_kinds(text)
    if kinds:
        yield NoticeBlock(level="warning", text=rules.NOT_KEPT.format(kinds="、".join(kinds)))


def _same_choices(session: Session, turn: Turn) -> Iterator[Block]:
    """A button that could not be handled may be pressed again."""
    if turn.choice_seq is None:
        return
    rows = store.choices_of(session, turn.conversation_id, turn.choice_seq)
    choices = [Choice.model_validate({"title": row.title, "style": row.style, "payload": row.payload}) for row in rows]
    if choices:
        yield ChoicesBlock(choices=choices)
