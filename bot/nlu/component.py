"""What the components that learn have in common: the life that Rasa gives them, around one learnt thing in a folder."""

from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.tokenizer import reading


class Learnt(Protocol):
    """What training finds out."""

    def save(self, folder: Path) -> None:
        """Writes it as data: nothing in a model is executed when it is read."""

    @classmethod
    def read(cls, folder: Path) -> "Learnt":
        """Reads what `save` wrote."""


L = TypeVar("L", bound=Learnt)
C = TypeVar("C", bound="LearningComponent[Any]")


class LearningComponent(Generic[L], GraphComponent):
    """Created without knowledge; `train` keeps what it learns in Rasa's storage, and `load` reads it back."""

    kind: ClassVar[type[Learnt]]

    def __init__(self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._learnt: L | None = None

    @classmethod
    def create(
        cls: type[C],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> C:
        """Creates an untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls: type[C],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> C:
        """Creates a component with what was learnt in training."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._learnt = cls.kind.read(folder)
        return component

    def keep(self, learnt: L) -> Resource:
        """Remembers what was learnt, here and in the model."""
        self._learnt = learnt
        with self._model_storage.write_to(self._resource) as folder:
            learnt.save(folder)
        return self._resource

    @property
    def learnt(self) -> L:
        """What was learnt; a component that has not been trained cannot be asked."""
        if self._learnt is None:
            raise RuntimeError(f"{type(self).__name__} has not been trained.")
        return self._learnt


def texts_of(training_data: TrainingData) -> list[str]:
    """Every example's text in its normal form."""
    return [reading(message) for message in training_data.training_examples if message.get(TEXT)]


def with_text(messages: list[Message]) -> list[Message]:
    """Those messages in which something was written."""
    return [message for message in messages if message.get(TEXT)]
