"""Tokens of Chinese text: every character is one, and a run of Latin letters or digits is one."""

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.text import Letter, letters


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class PosTokenizer(Tokenizer):
    """Reads a text in its normal form; each token knows its place in what was really written."""

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
        """Tokens of one attribute of the message."""
        tokens: list[Token] = []
        for run in _runs(letters(message.get(attribute))):
            tokens.append(Token("".join(letter.char for letter in run), run[0].start, run[-1].end))
        return tokens


def reading(message: Message) -> str:
    """The normal form of the message's text, put together from its tokens."""
    text = ""
    for token in message.get(TOKENS_NAMES[TEXT]) or ():
        apart = text and _joins(text[-1]) and _joins(token.text[0])
        text += f" {token.text}" if apart else token.text
    return text


def _joins(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _runs(read: list[Letter]) -> list[list[Letter]]:
    runs: list[list[Letter]] = []
    previous = " "
    for letter in read:
        if letter.char.isspace():
            previous = " "
            continue
        if runs and _joins(previous) and _joins(letter.char):
            runs[-1].append(letter)
        else:
            runs.append([letter])
        previous = letter.char
    return runs
