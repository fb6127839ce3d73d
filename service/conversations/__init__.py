"""Messages, turns and their delivery.

The public face: what channels and the app may import stands here.
"""

from service.conversations.assisting import ChatRoom, RehearsingBot
from service.conversations.delivery import (
    is_answered,
    is_served,
    last_seqs,
    moved_since,
    note_held_back,
    open_conversation,
    said_after,
    served_in,
    was_told_unasked,
)
from service.conversations.desk.api import router as console_router
from service.conversations.desk.calls_api import router as calls_router
from service.conversations.desk.doors import look as look_at_conversation
from service.conversations.desk.forgetting import forget_call_leftovers
from service.conversations.desk.jobs import employ as employ_agents
from service.conversations.desk.jobs import schedule as schedule_agent_jobs
from service.conversations.desk.listeners import QueueListeners
from service.conversations.desk.person_api import router as person_router
from service.conversations.desk.replies import ReplyIn, keep_common_replies
from service.conversations.desk.replies_api import router as replies_router
from service.conversations.desk.room import AgentRoom
from service.conversations.desk.store import serves as serves_conversation
from service.conversations.desk.watching import InboxFeed
from service.conversations.engine import (
    PICTURE,
    PICTURE_KEPT,
    EngineAway,
    EngineFailed,
    EngineHealth,
    RasaEngine,
    TurnAnswer,
    TurnEngine,
    TurnRequest,
)
from service.conversations.listeners import ApplicationListeners
from service.conversations.meanings import ChosenMeaning, chosen_meanings
from service.conversations.problems import ChoiceUnknown, ChoiceUsed
from service.conversations.review_api import router as conversation_review_router
from service.conversations.runner import TurnRunner
from service.conversations.schemas import (
    MAX_TEXT,
    ChosenButton,
    CodeSent,
    ConfirmCode,
    ConversationOut,
    ConversationStarted,
    MessageAccepted,
    MessageOut,
    MessagePage,
    RequestCode,
    SendMessage,
    ShowIdentity,
    StartConversation,
)
from service.conversations.service import Conversations
from service.conversations.sse import event_stream
from service.conversations.store import SIGNAL_ATTENDED, SIGNAL_CONVERSATION
from service.conversations.store import exists as conversation_exists
from service.conversations.store import of_merchant as conversations_of_merchant
from service.conversations.stream import Cursor, Listener, News, Streams
from service.conversations.turns import Turns

agent_routers = (person_router, console_router, replies_router, calls_router)

__all__ = [
    "MAX_TEXT",
    "PICTURE",
    "PICTURE_KEPT",
    "SIGNAL_ATTENDED",
    "SIGNAL_CONVERSATION",
    "AgentRoom",
    "ApplicationListeners",
    "ChatRoom",
    "ChoiceUnknown",
    "ChoiceUsed",
    "ChosenButton",
    "ChosenMeaning",
    "CodeSent",
    "ConfirmCode",
    "ConversationOut",
    "ConversationStarted",
    "Conversations",
    "Cursor",
    "EngineAway",
    "EngineFailed",
    "EngineHealth",
    "InboxFeed",
    "Listener",
    "MessageAccepted",
    "MessageOut",
    "MessagePage",
    "News",
    "QueueListeners",
    "RasaEngine",
    "RehearsingBot",
    "ReplyIn",
    "RequestCode",
    "SendMessage",
    "ShowIdentity",
    "StartConversation",
    "Streams",
    "TurnAnswer",
    "TurnEngine",
    "TurnRequest",
    "TurnRunner",
    "Turns",
    "agent_routers",
    "chosen_meanings",
    "conversation_exists",
    "conversation_review_router",
    "conversations_of_merchant",
    "employ_agents",
    "event_stream",
    "forget_call_leftovers",
    "is_answered",
    "is_served",
    "keep_common_replies",
    "last_seqs",
    "look_at_conversation",
    "moved_since",
    "note_held_back",
    "open_conversation",
    "said_after",
    "schedule_agent_jobs",
    "served_in",
    "serves_conversation",
    "was_told_unasked",
]
