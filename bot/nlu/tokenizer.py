"""The normal form of a message, as a single token: nothing that reads it wants words, and Rasa hashes and copies every
token of the training data many times over."""

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.text import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class PosTokenizer(Tokenizer):
    """Brings a text into its normal form once, for all that read it after."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options that Rasa's base class reads."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PosTokenizer":
        """Creates the component; it has nothing to learn."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """One token, or none where nothing can be read."""
        text = normalise(message.get(attribute))
        return [Token(text, 0)] if text else []


def reading(message: Message) -> str:
    """The normal form of the message's text."""
    return "".join(token.text for token in message.get(TOKENS_NAMES[TEXT]) or ())
