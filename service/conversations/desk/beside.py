"""What stands beside a conversation: who it is, machines, applications, notes, earlier times, and what may be done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.accounts import Accounts, Actor, StaffMember
from service.cases import Cases
from service.conversations.desk import rules, store
from service.conversations.desk.models import Call, ConversationLook, Handover
from service.conversations.desk.rows import Rows
from service.conversations.desk.schemas import ConsoleAction, Detail, EarlierOut, HandoverOut, NoteOut
from service.conversations.models import Conversation
from service.conversations.store import exists, find, of_merchant
from service.platform import trail
from service.platform.clock import Clock
from service.platform.database import Database
from service.platform.problems import NotFound

_EARLIER = 20


class Beside:
    def __init__(self, accounts: Accounts, cases: Cases, rows: Rows, clock: Clock) -> None:
        self._accounts = accounts
        self._cases = cases
        self._rows = rows
        self._clock = clock

    @staticmethod
    def has_looked(database: Database, conversation_id: str, staff: StaffMember) -> bool:
        with database.session() as session:
            return store.has_looked(session, conversation_id, staff.id)

    def look(self, session: Session, conversation_id: str, staff: StaffMember) -> None:
        """The first look of each person is in the trail, so that it can be said who has seen a merchant's data."""
        if store.has_looked(session, conversation_id, staff.id):
            return
        if not exists(session, conversation_id):
            raise NotFound
        now = self._clock.now()
        session.add(ConversationLook(conversation_id=conversation_id, staff_id=staff.id, at=now))
        session.flush()
        target = f"conversation:{conversation_id}"
        trail.record(session, actor=staff.key, action="conversation.viewed", target=target, now=now)

    def detail(self, session: Session, conversation_id: str, staff: StaffMember) -> Detail:
        conversation = find(session, conversation_id)
        if conversation is None:
            raise NotFound
        party = self._accounts.party_of(session, conversation_id)
        merchant_id = party.merchant_id if party else None
        actor = Actor(conversation_id, merchant_id, "agent", party.kind if party else None, staff_id=staff.id)
        handover = store.last_handover(session, conversation_id)
        call = session.scalars(select(Call).where(Call.conversation_id == conversation_id)).one_or_none()
        return Detail(
            row=self._rows.of(session, [conversation])[0],
            identity=self._accounts.identities.of_conversation(session, conversation_id),
            terminals=list(self._accounts.merchant(merchant_id).terminals) if merchant_id else [],
            applications=list(self._cases.lines(session, actor, only_open=False)),
            notes=[
                NoteOut(id=note.id, by=note.by_name, at=note.at, text=note.text)
                for note in store.notes_of(session, conversation_id)
            ],
            earlier=_earlier(session, conversation_id, merchant_id),
            handover=HandoverOut.model_validate(handover) if handover else None,
            call_id=call.id if call else None,
            allowed_actions=actions_of(conversation, staff),
            last_seq=conversation.last_seq,
        )


def actions_of(conversation: Conversation, staff: StaffMember) -> list[ConsoleAction]:
    match conversation.status:
        case "agent" if conversation.agent_id == staff.id and conversation.channel == rules.PHONE:
            return ["send", "transfer", "close", "note", "serve"]
        case "agent" if conversation.agent_id == staff.id:
            return ["send", "hand_back", "transfer", "close", "note", "serve"]
        case "agent":
            return ["transfer", "note"] if staff.role == "lead" else ["note"]
        case "closed":
            return ["note"]
        case _:
            return ["claim", "note"]


def _earlier(session: Session, conversation_id: str, merchant_id: str | None) -> list[EarlierOut]:
    if merchant_id is None:
        return []
    ids = [other for other in of_merchant(session, merchant_id) if other != conversation_id]
    query = select(Conversation).where(Conversation.id.in_(ids), Conversation.last_seq > 0)
    newest = session.scalars(query.order_by(Conversation.updated_at.desc()).limit(_EARLIER)).all()
    handovers = {row.id: store.last_handover(session, row.id) for row in newest}
    return [_earlier_line(row, handovers[row.id]) for row in newest]


def _earlier_line(row: Conversation, handover: Handover | None) -> EarlierOut:
    line = {
        "conversation_id": row.id,
        "last_at": row.updated_at,
        "summary": handover.summary if handover else None,
        "result_code": handover.result_code if handover else None,
    }
    return EarlierOut.model_validate(line)
