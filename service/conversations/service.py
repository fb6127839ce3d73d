"""What may happen in a conversation: it starts, a message is taken in, its merchant proves who it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service.accounts import Accounts, CodeRefused, Identity, MerchantRecord
from service.conversations import store
from service.conversations.blocks import notice_block, text_block
from service.conversations.desk import ratings
from service.conversations.forgetting import forget
from service.conversations.leaving import leave
from service.conversations.models import Conversation, Message
from service.conversations.problems import ChoiceUnknown, ChoiceUsed, EmptyMessage
from service.conversations.schemas import ChosenButton
from service.platform.context import Platform
from service.platform.ids import new_id
from service.platform.limits import RateLimits
from service.platform.problems import NotFound

EVENT_PAYLOAD = "/继续"


class Conversations:
    def __init__(self, platform: Platform, accounts: Accounts, limits: RateLimits) -> None:
        self._platform = platform
        self._clock = platform.clock
        self._accounts = accounts
        self._limits = limits

    def start(
        self, *, channel: str, address: str, identity_token: str | None
    ) -> tuple[str, str, datetime, Identity | None]:
        """Id, token, when the token ends, and the identity that the host page vouched for."""
        identities = self._accounts.identities
        merchant = identities.merchant_of_token(identity_token) if identity_token else None
        # Many shops share one address: only those whom nobody vouches for are counted by it.
        key = f"merchant:{merchant.id}" if merchant else f"address:{address}"
        self._limits.check("conversation.start", f"{self._platform.settings.conversations_per_hour}/hour", key)
        now = self._clock.now()
        conversation_id = new_id()
        with self._platform.database.begin() as session:
            session.add(
                Conversation(
                    id=conversation_id, channel=channel, status="bot", last_seq=0, created_at=now, updated_at=now
                )
            )
            session.flush()
            if merchant:
                identities.bind(session, conversation_id, merchant, "token")
            identity = identities.of_conversation(session, conversation_id)
        token = self._accounts.conversation_token(conversation_id, now)
        return conversation_id, token, now + self._accounts.token_lifetime, identity

    def get(self, conversation_id: str) -> tuple[Conversation, Identity | None]:
        with self._platform.database.session() as session:
            conversation = store.find(session, conversation_id)
            if conversation is None:
                raise NotFound
            return conversation, self._accounts.identities.of_conversation(session, conversation_id)

    def take_message(
        self, conversation_id: str, *, client_id: str, text: str | None = None, choice: ChosenButton | None = None
    ) -> int:
        """Stores the message together with its turn and gives its seq; a repeat gives the same seq again."""
        with self._platform.database.begin() as session:
            return self.take_message_in(session, conversation_id, client_id=client_id, text=text, choice=choice)

    def take_message_in(
        self,
        session: Session,
        conversation_id: str,
        *,
        client_id: str,
        text: str | None = None,
        choice: ChosenButton | None = None,
    ) -> int:
        """The same in the caller's transaction. What it refuses, it refuses before it has changed anything."""
        conversation = _locked(session, conversation_id)
        known = store.message_of_client(session, conversation_id, client_id)
        if known is not None:
            return known.seq
        self._limits.check("message", f"{self._platform.settings.messages_per_minute}/minute", conversation_id)
        if choice is not None:
            return self._take_choice(session, conversation, client_id, choice).seq
        if not text:
            raise EmptyMessage
        return self._take_text(session, conversation, client_id, text).seq

    def messages(
        self, conversation_id: str, *, after: int, before: int | None, limit: int
    ) -> tuple[Sequence[Message], int]:
        with self._platform.database.session() as session:
            if before is None:
                messages = store.messages_after(session, conversation_id, after, limit)
            else:
                messages = store.messages_before(session, conversation_id, before, limit)
            conversation = session.get(Conversation, conversation_id)
            return messages, conversation.last_seq if conversation else 0

    def forget(self, session: Session, conversation_id: str) -> None:
        """For a channel whose user leaves."""
        forget(session, conversation_id, vault=self._platform.vault, now=self._clock.now())

    def leave(self, session: Session, conversation_id: str) -> bool:
        """For a channel whose user goes on in another one. True when something was asked that is not answered now."""
        return leave(session, conversation_id, self._clock.now())

    def show_identity(self, conversation_id: str, identity_token: str) -> Identity:
        merchant = self._accounts.identities.merchant_of_token(identity_token)
        with self._platform.database.begin() as session:
            return self._verified(session, _locked(session, conversation_id), merchant, "token")

    def vouch(self, session: Session, conversation_id: str, merchant: MerchantRecord) -> Identity:
        """A channel that has seen the merchant's own ticket says who it is. A Conflict has changed nothing."""
        return self._verified(session, _locked(session, conversation_id), merchant, "token")

    def request_code(self, conversation_id: str, merchant_no: str, phone: str) -> tuple[int, int]:
        """For how many seconds the code holds, and after how many it may be asked for again."""
        with self._platform.database.begin() as session:
            _locked(session, conversation_id)
            return self._accounts.identities.request_code(session, conversation_id, merchant_no, phone)

    def confirm_code(self, conversation_id: str, code: str) -> Identity:
        with self._platform.database.begin() as session:
            conversation = _locked(session, conversation_id)
            merchant = self._accounts.identities.count_try(session, conversation_id, code)
            identity = self._verified(session, conversation, merchant, "code") if merchant else None
        if identity is None:  # raised only now: the wrong try must stay counted
            raise CodeRefused
        return identity

    def _take_text(self, session: Session, conversation: Conversation, client_id: str, text: str) -> Message:
        now = self._clock.now()
        safe = self._platform.vault.tokenize(session, conversation.id, text)
        _reopen(conversation)
        message = store.append(
            session, conversation, sender="merchant", blocks=[text_block(safe)], now=now, client_id=client_id
        )
        store.add_turn(session, conversation, text=safe, payload=None, now=now, message_seq=message.seq)
        return message

    def _take_choice(
        self, session: Session, conversation: Conversation, client_id: str, choice: ChosenButton
    ) -> Message:
        issued = store.choice(session, conversation.id, choice.seq, choice.choice_id)
        if issued is None:
            raise ChoiceUnknown
        if store.is_used(session, conversation.id, choice.seq):
            raise ChoiceUsed
        now = self._clock.now()
        message = store.append(
            session,
            conversation,
            sender="merchant",
            blocks=[text_block(issued.title)],
            now=now,
            client_id=client_id,
            in_reply_to=choice.seq,
        )
        if ratings.is_rating(issued.payload):
            thanks = ratings.take(session, conversation, issued.payload, now)
            store.append(session, conversation, sender="system", blocks=[notice_block(thanks)], now=now)
            return message
        _reopen(conversation)
        store.add_turn(
            session,
            conversation,
            text=issued.title,
            payload=issued.payload,
            now=now,
            message_seq=message.seq,
            choice_seq=choice.seq,
        )
        return message

    def _verified(
        self, session: Session, conversation: Conversation, merchant: MerchantRecord, method: str
    ) -> Identity:
        identities = self._accounts.identities
        is_new = identities.bind(session, conversation.id, merchant, method)
        if is_new and conversation.last_seq:  # before the first word there is nothing to go on with
            store.add_turn(
                session,
                conversation,
                text="",
                payload=EVENT_PAYLOAD,
                event="identity_verified",
                now=self._clock.now(),
            )
        identity = identities.of_conversation(session, conversation.id)
        if identity is None:
            raise NotFound
        return identity


def _reopen(conversation: Conversation) -> None:
    """Who writes into a conversation that is over begins anew with the bot."""
    if conversation.status == "closed":
        conversation.status = "bot"


def _locked(session: Session, conversation_id: str) -> Conversation:
    conversation = store.lock(session, conversation_id)
    if conversation is None:
        raise NotFound
    return conversation
