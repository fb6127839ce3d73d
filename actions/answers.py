"""Whether what the merchant says answers the question that was asked, and with what. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from actions.choices import match_choice, plain, ruled_out
from actions.remarks import remark_on
from actions.righting import right_part, sum_at_the_end
from actions.talk import NOT_UNDERSTOOD, Said
from actions.tracking import HOW_IT_COMES, TRACKING, tells_how_it_comes

CHOOSE: Final = "选择"
YES: Final = "肯定"
NO: Final = "否定"
GO_ON: Final = "继续"
SEVERAL: Final = "几件事"
_OUT_OF_SCOPE: Final = "超出范围"
CONFIRM_VALUE: Final = "submit"
# Kinds of questions that are answered by one of the choices shown.
CHOOSING: Final = frozenset({"choice", "terminal", "service", "transaction", "application"})
SKIP: Final = "跳过"


@dataclass(frozen=True)
class Given:
    """An answer, in the form that the service takes."""

    value: str


@dataclass(frozen=True)
class OwnWords:
    """None of the choices, but a reason all the same: the choice that stands for it, and what was said."""

    value: str
    text: str


@dataclass(frozen=True)
class Remark:
    """Something about the question, and what is said to it before the question comes again."""

    sentence: str


@dataclass(frozen=True)
class PutAside:
    """The merchant wants out of the form."""


@dataclass(frozen=True)
class Confirmed:
    """The merchant's yes to the summary."""


@dataclass(frozen=True)
class Declined:
    """The merchant's no to the summary."""


@dataclass(frozen=True)
class InCard:
    """The question is answered in a card, not in the chat; look there whether it has been."""


@dataclass(frozen=True)
class Aside:
    """Something else: a question, a command. The rules deal with it."""


@dataclass(frozen=True)
class Unclear:
    """Neither an answer nor anything else that was understood."""


Reply = Given | OwnWords | Remark | PutAside | Confirmed | Declined | InCard | Aside | Unclear

# Commands that are obeyed even where free text is asked for, when they are short and sure.
_COMMANDS: Final = frozenset({"转人工", "放弃", "更正", "机器人", "泄露密码", "查询进度", "感谢", "问候", "告别"})
# Whoever is understood to say these leaves the form, so a guess is not enough.
_LEAVING: Final = frozenset({"放弃", "告别"})
_SURE: Final = 0.6
_OUT: Final = re.compile(r"取消(?:了|吧|办理|申请|填写)?|退出|返回|不[填办弄]了")
_OBJECTING: Final = re.compile(r"不对|不是|错|有误|应该是|应当是|改[成为]|换成")
_ANOTHER_WAS_WRONG: Final = re.compile(r"[选填写说弄点记]错")
_GOING_ON: Final = re.compile(
    r"(?:好的?|那|我|来|就|都|已经?|现在|咱们?|可以|请)*"
    r"(?:继续|接着|往下|下一步|go ?on|next|[填弄写办传交改]好|[填弄写办]完|好了|完成)\w{0,4}"
)
_NOT_YET: Final = re.compile(r"(?:不用|先不|先别|不要|不想|别|不)(?:再)?(?:提交|交了|办了)")
_WAITING: Final = re.compile(r"等(?:等|一?下|会)|问(?:一?下|问)|想想|考虑")
_DOUBTING: Final = re.compile(r"[?？吗呢]|什么|啥|哪|怎么|(?:对|没错|是|没问题|可以)吧|对不对|是不是|但是?|不过|可是")
_NOT_FILED: Final = "不急，还没有提交。内容都对就点“确认提交”，哪里不对直接告诉我；想先放着，说“先不办”。"
_HEARD_FIRST: Final = frozenset({"更正", "转人工", "投诉", "泄露密码"})
_OTHER: Final = "other"
_LEAST_WORDS: Final = 3
_HOW_IT_SOUNDS: Final = frozenset({"mood", "speaker", "language"})
_BARE_PROOF: Final = re.compile(r"(?:[0-9a-zA-Z\W_]|商户号|手机号?码?|电话|我|的|是|和)+")
_NUMERALS: Final = re.compile(r"[\d一二两三四五六七八九十百千]")
_MOBILE: Final = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_SEPARATORS: Final = re.compile(r"(?<=\d)[ \-](?=\d)")
_BARE_SUM: Final = re.compile(
    r"(?:大概|大约|差不多|就|是|有|一共|交了)*([\d,.]*\d|[一二两俩三四五六七八九十百千万零〇]+)(?:左右|吧|的|了|呢)*[。.!！~，,]*"
)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SUM: Final = re.compile(r"(\d+(?:\.\d+)?)元")
_LEAST_SURE: Final = 0.3
_SHORT: Final = 10
_NO_ASIDE: Final = frozenset({NOT_UNDERSTOOD, CHOOSE, YES, NO, GO_ON})
_ASKING: Final = re.compile(
    r"[?？吗呢]|怎么|怎样|如何|咋|多久|多少|几天|几个|干嘛|干吗|什么|为啥|为何|啥|哪|能不能|可不可以|可以不|能否|是不是|要不要|有没有"
)
_SKIPPING: Final = re.compile(r"跳过|先?不填|不(?:记得|清楚|知道)了?|忘记?了|记不清了?|没有")
_ALL_OF_IT: Final = re.compile(r"(?:我?要|都|就)?(?:全部?|整笔|全额)(?:都)?退?(?:了|吧)?")


def read_reply(question: dict[str, Any], said: Said) -> Reply:
    """The table: kind of question × what was said."""
    if said.is_payload:
        return _read_payload(question, said)
    if said.label == SEVERAL:
        return Aside()
    if (remark := remark_on(question, said)) is not None:
        return Remark(remark)
    if question["kind"] != "text" and _OUT.fullmatch(plain(said.text)):
        return PutAside()
    if question["kind"] == "amount" and (bare := _BARE_SUM.fullmatch(said.text.strip())):
        return Given(bare[1])
    if question["kind"] != "text" and asks_about_leaving(said):
        return Unclear()
    if said.label == GO_ON and question["kind"] != "text" and _GOING_ON.fullmatch(plain(said.text)):
        return InCard()
    if question.get("optional") and _skips(question["kind"], plain(said.text)):
        return Given(SKIP)
    match question["kind"]:
        case "identity" | "secure":
            return Aside() if _is_aside(said) and not _BARE_PROOF.fullmatch(said.text) else InCard()
        case kind if kind in CHOOSING:
            return _read_choice(question, said)
        case "confirm":
            return _read_confirmation(said)
        case "text":
            return _read_free_text(question, said)
        case kind:
            return _read_particular(kind, said)


def asks_about_leaving(said: Said) -> bool:
    """Who asks about giving up has not given up: “是不是取消了就不退了”."""
    return said.label in _LEAVING and bool(_ASKING.search(said.text))


def _skips(kind: str, text: str) -> bool:
    return bool(_SKIPPING.fullmatch(text) or (kind == "amount" and _ALL_OF_IT.fullmatch(text)))


def mobiles_in(text: str) -> list[str]:
    """Mobile numbers, however their digits are parted."""
    return _MOBILE.findall(_SEPARATORS.sub("", text))


def value_of(kind: str, entities: dict[str, Any]) -> str | None:
    """What a message's entities answer to a question of this kind, in the form that the service takes."""
    found = entities.get(kind)
    if found is None:
        return None
    return f"{found / 100:.2f}元" if kind == "amount" else str(found)


def _read_payload(question: dict[str, Any], said: Said) -> Reply:
    if said.label == GO_ON:
        return InCard()
    if said.label != CHOOSE:
        return Aside()
    if said.entities.get("field") != question["field"]:
        return InCard()
    value = str(said.entities.get("value", ""))
    return Confirmed() if question["kind"] == "confirm" and value == CONFIRM_VALUE else Given(value)


def _read_choice(question: dict[str, Any], said: Said) -> Reply:
    choices = question["choices"]
    if len(choices) == 1 and said.label == YES and not _DOUBTING.search(said.text):
        return Given(str(choices[0]["value"]))
    asking = bool(_ASKING.search(said.text)) and (_is_aside(said) or _is_long_riddle(said))
    exact = {plain(choice["title"]) for choice in choices}
    if said.label == "更正" and _ANOTHER_WAS_WRONG.search(said.text) and plain(said.text) not in exact:
        return Aside()
    if not asking or plain(said.text) in exact:
        value = match_choice(choices, said.text) or _told_of(choices, said)
        if value is not None:
            return Given(value)
    if not asking and (others := ruled_out(choices, said.text)):
        return Remark(f"好的，不是“{'”“'.join(others)}”。那请在下面点一下符合的那一项。")
    if not asking and _is_own_reason(choices, said):
        return OwnWords(_OTHER, said.text.strip())
    return Aside() if asking or _is_aside(said) else Unclear()


def _is_long_riddle(said: Said) -> bool:
    """A whole question that was not understood: a word of it that also stands in a choice does not answer it."""
    return said.label == NOT_UNDERSTOOD and len(plain(said.text)) > _SHORT


def _is_own_reason(choices: Sequence[dict[str, Any]], said: Said) -> bool:
    """Where another answer may be given in free words, a statement that means nothing else is one."""
    if not any(choice["value"] == _OTHER for choice in choices) or _ASKING.search(said.text):
        return False
    if said.entities.keys() - _HOW_IT_SOUNDS or len(plain(said.text)) < _LEAST_WORDS:
        return False
    return said.label == NOT_UNDERSTOOD or _is_doubtful(said)


def _is_doubtful(said: Said) -> bool:
    """Understood as something that a statement rarely is."""
    return said.label == _OUT_OF_SCOPE or (said.label.startswith("常见问题/") and said.confidence < _SURE)


def _read_confirmation(said: Said) -> Reply:
    """Only a plain yes files: who asks, waits or has a “but” has not said it."""
    if _NOT_YET.search(said.text):
        return PutAside()
    waits = said.label in (YES, NOT_UNDERSTOOD, _OUT_OF_SCOPE) and _WAITING.search(said.text)
    if waits or (said.label == YES and _DOUBTING.search(said.text)):
        return Remark(_NOT_FILED)
    if said.label == YES:
        return Confirmed()
    if said.label == NO or _objects(said):
        return Declined()
    return Aside() if _is_aside(said) else Unclear()


def _objects(said: Said) -> bool:
    """“押金不对，是199” is no wish for a refund: while the summary waits, whatever is wrong with it comes first."""
    if said.label in _HEARD_FIRST or _ASKING.search(said.text):
        return False
    return bool(_OBJECTING.search(said.text))


def _read_free_text(question: dict[str, Any], said: Said) -> Reply:
    if said.label in _COMMANDS and said.confidence >= _SURE and len(said.text) <= _SHORT:
        return Aside()
    if said.label.startswith("常见问题/") and said.confidence >= 0.5 and _ASKING.search(said.text):
        return Aside()
    if question["field"] == TRACKING and not tells_how_it_comes(said.text):
        return Remark(HOW_IT_COMES)
    return Given(said.text.strip())


def _read_particular(kind: str, said: Said) -> Reply:
    """Amount, date, phone: what was found in the text, or the text itself for the service to explain what is wrong."""
    if kind == "phone" and len(set(mobiles_in(said.text))) > 1:
        return Remark("您写了两个号码。请只发要用的那一个。")
    found = value_of(kind, said.entities)
    if kind == "amount" and (right := sum_at_the_end(right_part(said.text))) and _OBJECTING.search(said.text):
        found = right
    asking = bool(_ASKING.search(said.text)) and _is_aside(said)
    if found is not None and not asking:
        return Given(found)
    if kind == "amount" and not asking and _is_doubtful(said) and _NUMERALS.search(said.text):
        return Given(said.text.strip())
    if _is_aside(said) and not re.search(r"\d", said.text):
        return Aside()
    return Aside() if asking else Given(said.text.strip())


def _told_of(choices: Sequence[dict[str, Any]], said: Said) -> str | None:
    """The one choice whose title names the sum or the day that was told: “昨天那笔三百二的”."""
    sums = {float(number) for number in _NUMBER.findall(said.text)}
    if "amount" in said.entities:
        sums.add(said.entities["amount"] / 100)
    day = _day(said.entities["date"]) if "date" in said.entities else ""
    fitting = [choice for choice in choices if day in choice["title"]] if day else list(choices)
    by_sum = [choice for choice in fitting if sums & {float(number) for number in _SUM.findall(choice["title"])}]
    found = by_sum or (fitting if day else [])
    return str(found[0]["value"]) if len(found) == 1 else None


def _day(iso: str) -> str:
    _, month, day = iso.split("-")
    return f"{int(month)}月{int(day)}日"


def _is_aside(said: Said) -> bool:
    if "ambiguous" in said.entities:
        return True
    least = _SURE if said.label in _LEAVING else _LEAST_SURE
    return said.label not in _NO_ASIDE and said.confidence >= least
