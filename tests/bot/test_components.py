"""Every graph component: create → train → persist → load → process, as Rasa's graph does it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import NEAREST, PosIntentClassifier
from bot.nlu.encoders import Remembering, UniversalSentenceEncoder, Vectors
from bot.nlu.extractor import PosEntityExtractor
from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE, full_label
from bot.nlu.neighbours import Neighbours
from bot.nlu.ngrams import NgramWeights, PosNgramFeaturizer
from bot.nlu.scope import PosScopeGuard, ScopeRule
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
    message = understand(storage, "押金机器到账")
    PosScopeGuard(ScopeRule(nearness=6.0, least=99.0)).process([message])
    assert message.get("intent")["name"] == NOT_UNDERSTOOD
    assert message.get("intent_ranking")[0]["name"] != NOT_UNDERSTOOD


def test_a_component_that_was_not_trained_says_so(storage: ModelStorage) -> None:
    message = Message(data={TEXT: "押金"})
    for component in (PosSentenceFeaturizer, PosNgramFeaturizer, PosIntentClassifier):
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


def test_the_same_text_is_encoded_once_and_the_oldest_is_forgotten() -> None:
    class Counting:
        asked: ClassVar[list[str]] = []

        def encode(self, texts: Sequence[str]) -> Vectors:
            self.asked.extend(texts)
            return np.array([[len(text)] for text in texts], dtype=np.float32)

    encoder = Remembering(Counting(), most=2)
    assert encoder.encode(["一", "二二", "一"]).tolist() == [[1], [2], [1]]
    encoder.encode(["一"])
    assert Counting.asked == ["一", "二二"]
    encoder.encode(["三三三"])
    encoder.encode(["一"])
    encoder.encode(["二二"])
    assert Counting.asked == ["一", "二二", "三三三", "二二"]


def test_a_batch_has_the_same_vectors_as_each_text_alone() -> None:
    texts = ["押金", "拉卡拉的机器昨天突然开不了机了怎么办", "", "退款几天到"]
    encoder = UniversalSentenceEncoder()
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert np.allclose(encoder.encode(texts), alone, atol=1e-5)


def test_the_nearest_sentence_of_each_label_is_found(tmp_path: Path) -> None:
    dense = np.eye(4, dtype=np.float32)
    Neighbours.learn(dense, ["b", "a", "b", "c"]).save(tmp_path)
    nearness = Neighbours.read(tmp_path).nearness(dense[:2])
    assert np.allclose(nearness, [[0, 1, 0], [1, 0, 0]], atol=1e-3)


@pytest.mark.parametrize(
    ("best", "outside", "nearest", "expected"),
    [(0.9, 0.02, 0.8, True), (0.9, 0.02, 0.1, False), (0.5, 0.4, 0.8, True), (0.4, 0.5, 0.7, False)],
)
def test_the_rule_weighs_chance_and_nearness(best: float, outside: float, nearest: float, expected: bool) -> None:
    ranking = [{"name": "退押金", "confidence": best}, {"name": OUT_OF_SCOPE, "confidence": outside}]
    assert ScopeRule(nearness=6.0, least=5.0).accepts(ranking, nearest) is expected


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1))
def test_more_certain_or_nearer_is_never_less_in_scope(best: float, outside: float, more: float, near: float) -> None:
    rule = ScopeRule(nearness=6.0, least=5.0)

    def certainty(chance: float, nearest: float) -> float:
        ranking = [{"name": "退押金", "confidence": chance}, {"name": OUT_OF_SCOPE, "confidence": outside}]
        return rule.certainty(ranking, nearest)

    assert certainty(max(best, more), near) >= certainty(best, near)
    assert certainty(best, near + more) >= certainty(best, near)


def test_out_of_scope_stays_an_answer_of_its_own() -> None:
    message = Message(data={TEXT: "…", "intent": {"name": OUT_OF_SCOPE, "confidence": 0.9}, NEAREST: 0.0})
    message.set("intent_ranking", [{"name": OUT_OF_SCOPE, "confidence": 0.9}, {"name": "退押金", "confidence": 0.1}])
    PosScopeGuard(ScopeRule(6.0, 5.0)).process([message])
    assert message.get("intent")["name"] == OUT_OF_SCOPE


def test_days_are_read_from_the_day_on_which_they_are_said() -> None:
    message = Message(data={TEXT: "昨天刷的"})
    PosEntityExtractor(today=lambda: date(2026, 3, 1)).process([message])
    assert message.get("entities")[0]["value"] == "2026-02-28"
    assert message.get("entities")[0]["extractor"] == "PosEntityExtractor"
