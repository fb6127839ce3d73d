"""Messages, turns and their delivery.

The public face: what channels and the app may import stands here.
"""

from service.conversations.delivery import (
    SIGNAL_CONVERSATION,
    forget,
    is_answered,
    moved_since,
    open_conversation,
    said_after,
)
from service.conversations.engine import (
    PICTURE,
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
from service.conversations.store import exists as conversation_exists
from service.conversations.store import of_merchant as conversations_of_merchant
from service.conversations.stream import Cursor, Listener, News, Streams
from service.conversations.turns import Turns

__all__ = [
    "PICTURE",
    "SIGNAL_CONVERSATION",
    "ApplicationListeners",
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
    "Listener",
    "MessageAccepted",
    "MessageOut",
    "MessagePage",
    "News",
    "RasaEngine",
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
    "chosen_meanings",
    "conversation_exists",
    "conversation_review_router",
    "conversations_of_merchant",
    "forget",
    "is_answered",
    "moved_since",
    "open_conversation",
    "said_after",
]
