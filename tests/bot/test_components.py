"""Every graph component: create → train → persist → load → process, as Rasa's graph does it."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import PosIntentClassifier
from bot.nlu.encoders import UniversalSentenceEncoder
from bot.nlu.extractor import PosEntityExtractor
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE, full_label
from bot.nlu.ngrams import NgramWeights, PosNgramFeaturizer
from bot.nlu.scope import Limits, PosScopeGuard, understood
from bot.nlu.sentences import PosSentenceFeaturizer
from bot.nlu.tokenizer import PosTokenizer

EXAMPLES = {
    "退押金": ["押金怎么退", "我要退押金", "把押金还给我", "押金退一下"],
    "取消POS机": ["机器不要了", "取消pos机", "我要撤机", "机器退掉"],
    "常见问题/到账时间": ["几天到账", "多久能收到钱", "退款要几天", "什么时间到账"],
    OUT_OF_SCOPE: ["今天天气怎么样", "花呗怎么还", "讲个笑话", "银行卡丢了"],
}
PIPELINE = [
    PosTokenizer,
    PosSentenceFeaturizer,
    PosNgramFeaturizer,
    PosIntentClassifier,
    PosScopeGuard,
    PosEntityExtractor,
]
CONTEXT = ExecutionContext(GraphSchema({}))


@pytest.fixture
def storage(tmp_path: Path) -> ModelStorage:
    return LocalModelStorage(tmp_path)


def training_data() -> TrainingData:
    messages = [Message.build(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
    return TrainingData(messages)


def config_of(component: type[GraphComponent]) -> dict[str, Any]:
    return dict(component.get_default_config())


def train_pipeline(storage: ModelStorage) -> None:
    data = training_data()
    for component in PIPELINE:
        made = component.create(config_of(component), storage, Resource(component.__name__), CONTEXT)
        if hasattr(made, "train"):
            made.train(data)
        if hasattr(made, "process_training_data"):
            made.process_training_data(data)


def understand(storage: ModelStorage, text: str) -> Message:
    message = Message(data={TEXT: text})
    for component in PIPELINE:
        component.load(config_of(component), storage, Resource(component.__name__), CONTEXT).process([message])
    return message


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("押金帮我退掉", "退押金"),
        ("POS機我不要了", "取消POS机"),
        ("要几天才到账", "常见问题/到账时间"),
        ("讲笑话", OUT_OF_SCOPE),
    ],
)
def test_a_loaded_pipeline_understands(storage: ModelStorage, text: str, label: str) -> None:
    train_pipeline(storage)
    message = understand(storage, text)
    assert full_label(message.data) == label
    assert message.get("intent_ranking")[0]["name"] == label
    assert "/" not in message.get("intent")["name"]


def test_what_was_persisted_gives_the_same_answer_as_what_was_trained(storage: ModelStorage) -> None:
    train_pipeline(storage)
    first, second = understand(storage, "押金多久到账"), understand(storage, "押金多久到账")
    assert first.get("intent_ranking") == second.get("intent_ranking")


def test_a_text_that_is_nothing_known_is_not_understood(storage: ModelStorage) -> None:
    train_pipeline(storage)
    strict = {"least_sure": 0.9, "most_outside": 0.25}
    message = understand(storage, "押金机器到账")
    guard = PosScopeGuard.load(strict, storage, Resource("PosScopeGuard"), CONTEXT)
    guard.process([message])
    assert message.get("intent")["name"] == NOT_UNDERSTOOD
    assert message.get("intent_ranking")[0]["name"] != NOT_UNDERSTOOD


def test_a_component_that_was_not_trained_says_so(storage: ModelStorage) -> None:
    message = Message(data={TEXT: "押金"})
    for component in (PosSentenceFeaturizer, PosNgramFeaturizer, PosIntentClassifier, PosScopeGuard):
        made = component.create(config_of(component), storage, Resource("nothing"), CONTEXT)
        with pytest.raises(RuntimeError, match="has not been trained"):
            made.process([message])


def test_a_message_without_text_passes(storage: ModelStorage) -> None:
    train_pipeline(storage)
    message = Message(data={"intent": "x"})
    for component in PIPELINE[1:]:
        component.load(config_of(component), storage, Resource(component.__name__), CONTEXT).process([message])
    assert message.get("intent") == "x"


def test_an_encoder_that_does_not_exist_is_an_error_of_the_configuration() -> None:
    with pytest.raises((ImportError, AttributeError)):
        PosSentenceFeaturizer.validate_config({**config_of(PosSentenceFeaturizer), "encoder": "bot.nlu.encoders.None"})


def test_sentences_with_the_same_meaning_lie_near_each_other() -> None:
    vectors = UniversalSentenceEncoder().encode(["押金怎么退", "如何取回押金", "今天下雨吗"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_an_empty_text_and_an_unknown_one_have_vectors_too() -> None:
    weights = NgramWeights.learn(["押金", "机器"], longest=3)
    assert weights.vector("").nnz == 0
    assert weights.vector("xyz").nnz == 0
    assert np.isclose(float(weights.vector("押金").power(2).sum()), 1)


@pytest.mark.parametrize(
    ("best", "outside", "similarity", "expected"),
    [(0.9, 0.05, 0.8, True), (0.9, 0.05, 0.1, False), (0.5, 0.4, 0.9, False), (0.1, 0.0, 0.5, False)],
)
def test_the_rule_weighs_chance_and_nearness(best: float, outside: float, similarity: float, expected: bool) -> None:
    ranking = [{"name": "退押金", "confidence": best}, {"name": OUT_OF_SCOPE, "confidence": outside}]
    assert understood(ranking, similarity, Limits(least_sure=0.12, most_outside=0.25)) is expected


def test_out_of_scope_is_an_answer_of_its_own() -> None:
    assert understood([{"name": OUT_OF_SCOPE, "confidence": 0.2}], 0.0, Limits(0.9, 0.0))


def test_days_are_read_from_the_day_on_which_they_are_said() -> None:
    message = Message(data={TEXT: "昨天刷的"})
    PosEntityExtractor(today=lambda: date(2026, 3, 1)).process([message])
    assert message.get("entities")[0]["value"] == "2026-02-28"
    assert message.get("entities")[0]["extractor"] == "PosEntityExtractor"
