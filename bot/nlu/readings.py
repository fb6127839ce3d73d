"""What a message means beyond its likeliest intent: an ambiguous word, several requests, only a gesture. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.nlu.labels import NOT_UNDERSTOOD, OUT_OF_SCOPE, full_label, understood_as
from bot.nlu.text import fold
from bot.nlu.words import Ambiguity, Words

SEVERAL: Final = "几件事"
DOCUMENTS: Final = "补交材料"
_COMPLAINT: Final = "投诉"
# What stands in the text of a message in which only a picture was sent.
_ONLY_PICTURES: Final = re.compile(r"(?:\s*[［\[](?:图片|照片)(?:已收)?[\]］]\s*)+")
# The channel has put it where it belongs.
_KEPT: Final = "已收"
SURE: Final = 0.5
_PERSON: Final = "转人工"
_SECRET: Final = "泄露密码"
_MASKED_SECRET: Final = re.compile(r"⟦\s*(?:验证码|密码|安全码)")
_NO_MATTER: Final = frozenset({"常见问题/未收到通知", "选择", OUT_OF_SCOPE, NOT_UNDERSTOOD})
_ONLY_A_SUM: Final = re.compile(
    r"\s*[¥￥]?\s*(?:\d[\d.,]*\s*(?:元|块钱?|圆)|[一二两三四五六七八九十百千万零]{2,}(?:元|块钱?)?)\s*"
)
# Numbers look alike to the model: only what is called a code or a password, or was masked as one, is told as one.
_NAMES_A_SECRET: Final = re.compile(
    r"(?:验证|校验|动态|短信|安全|激活)码|密码|口令|的码|码是|[这那]个?码|码给|cv[vcn]|pin|otp|password|code"
    r"|[背后]面|[后末]三|三位|三个数|有效期"
)
_CLEAR: Final = 0.6
_DROPPING: Final = frozenset({"放弃", "否定", OUT_OF_SCOPE, NOT_UNDERSTOOD})
MOST_REQUESTS: Final = 3
# What is said around requests; each is answered as a whole message, or left to the sentence in which it stands.
_TALK: Final = frozenset(
    [*"转人工 问候 感谢 告别 肯定 否定 放弃 更正 继续 选择 机器人 泄露密码".split(), OUT_OF_SCOPE, NOT_UNDERSTOOD]
)

Parse = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """One of the things that a message asks for."""

    text: str
    parse: Parse

    @property
    def label(self) -> str:
        return full_label(self.parse)


def is_picture(text: str, attachments: Sequence[Any]) -> bool:
    """Whether nothing was sent but a picture."""
    return bool(_ONLY_PICTURES.fullmatch(text)) or (bool(attachments) and not re.search(r"\w", text))


def as_picture(parse: Parse, text: str) -> Parse:
    """A picture without words is taken for a document."""
    return _as(parse, DOCUMENTS, {"picture": "kept" if _KEPT in text else "seen"})


def gesture(text: str, words: Words) -> str | None:
    """The meaning of a message without a letter or digit; most say nothing."""
    if re.search(r"[^\W_]", text):
        return None
    return next((words.gestures[char] for char in text if char in words.gestures), OUT_OF_SCOPE)


def as_gesture(parse: Parse, label: str) -> Parse:
    """What a picture of a hand says is said as surely as a word."""
    return _as(parse, label, {})


def ambiguity(text: str, words: Words) -> Ambiguity | None:
    """The meanings of a word that stands alone, or with such words around it as say no more."""
    bare = re.sub(r"[\W_]+", " ", fold(text)).strip()
    while bare:
        if found := words.ambiguous.get(re.sub(r"\s+", "", bare)):
            return found
        shorter = _without_an_end(bare, words.around)
        if shorter == bare:
            return None
        bare = shorter
    return None


def as_ambiguous(parse: Parse, found: Ambiguity) -> Parse:
    """Not understood, with the meanings of the word list as the ranking."""
    ranking = [{"name": label, "confidence": 1 / len(found.meanings)} for label in found.meanings]
    return {
        **parse,
        **understood_as(NOT_UNDERSTOOD, 1.0, ranking),
        "entities": _with(parse, {"ambiguous": found.ask}),
    }


def as_numbers_mean(parse: Parse, text: str) -> Parse:
    """A voucher or a terminal that was taken for a code, and a lone sum, mean nothing alone: a form may know."""
    label = full_label(parse)
    if _MASKED_SECRET.search(text) and label in _NO_MATTER:
        return _as(parse, _SECRET, {})
    if _ONLY_A_SUM.fullmatch(text):
        return {**parse, **understood_as(NOT_UNDERSTOOD, 1.0, parse.get("intent_ranking") or [])}
    if label != _SECRET or _NAMES_A_SECRET.search(fold(text)):
        return parse
    ranking = [row for row in parse.get("intent_ranking") or [] if row["name"] != _SECRET]
    return {**parse, **understood_as(NOT_UNDERSTOOD, 1.0, ranking)}


def is_despair_alone(parse: Parse) -> bool:
    """Whether somebody despairs and asks for nothing else; “不想活了” puts no application aside."""
    moods = [entity["value"] for entity in parse.get("entities") or [] if entity["entity"] == "mood"]
    return "despair" in moods and full_label(parse) in _TALK


def as_request_for_person(parse: Parse) -> Parse:
    """A person has to take it up at once."""
    return _as(parse, _PERSON, {})


def several(requests: Sequence[Request]) -> list[Request]:
    """The requests when each is sure and they differ; otherwise none: then the message is one thought."""
    if not all(_is_sure(request) for request in requests):
        return []
    different = list({request.label: request for request in reversed(requests)}.values())[::-1]
    return different[:MOST_REQUESTS] if len(different) > 1 else []


def as_several(parse: Parse, requests: Sequence[Request]) -> Parse:
    """One message of its own intent, with the requests as an entity."""
    told = [
        {
            "label": request.label,
            "text": request.text,
            "entities": {entity["entity"]: entity["value"] for entity in request.parse.get("entities") or []},
        }
        for request in requests
    ]
    return _as(parse, SEVERAL, {"requests": told})


def is_angry_complaint(parse: Parse) -> bool:
    """Whether a complaint was heard where perhaps only the tone was one."""
    moods = [entity for entity in parse.get("entities") or [] if entity["entity"] == "mood"]
    return bool(moods) and full_label(parse) == _COMPLAINT


def is_changing(parse: Parse) -> bool:
    """Whether the whole was heard as giving up, or not clearly: then a part of it may be what is wanted."""
    return full_label(parse) in _DROPPING or float(parse["intent"]["confidence"]) < _CLEAR


def surest(requests: Sequence[Request]) -> Request | None:
    """Out of a long story the request that was understood best."""
    sure = [request for request in requests if _is_sure(request)]
    return max(sure, key=lambda request: float(request.parse["intent"]["confidence"]), default=None)


def as_request(parse: Parse, request: Request) -> Parse:
    """The whole message, understood as one of its parts."""
    kept = ("intent", "intent_ranking", "response_selector")
    return {**parse, **{key: request.parse[key] for key in kept if key in request.parse}}


def as_change(parse: Parse, request: Request) -> Parse:
    """The same where the rest of the message drops what was wanted before."""
    return {**as_request(parse, request), "entities": _with(parse, {"instead": True})}


def _is_sure(request: Request) -> bool:
    return request.label not in _TALK and float(request.parse["intent"]["confidence"]) >= SURE


def _as(parse: Parse, label: str, entities: dict[str, Any]) -> Parse:
    sure = understood_as(label, 1.0, [{"name": label, "confidence": 1.0}])
    return {**parse, **sure, "entities": _with(parse, entities)}


def _with(parse: Parse, entities: dict[str, Any]) -> list[dict[str, Any]]:
    more = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
    return [*(parse.get("entities") or []), *more]


def _without_an_end(bare: str, around: re.Pattern[str]) -> str:
    if match := around.match(bare):
        return bare[match.end() :].strip()
    backwards = re.compile(f"(?:{around.pattern})$").search(bare)
    return bare[: backwards.start()].strip() if backwards else bare
