"""更正: takes an answer back, or puts the right one in its place."""

import re
from typing import Final

from rasa_sdk.events import FollowupAction, SlotSet

from actions.answers import CHOOSING, GO_ON, NO, YES, asks_about_leaving, mobiles_in, value_of
from actions.base import Events, ServiceAction
from actions.choices import match_choice, other_of_two, plain
from actions.client import Json
from actions.errors import AnswerRefused, Refused
from actions.filling import present_application, put_answer
from actions.payloads import payload
from actions.righting import right_part, sum_at_the_end, wrong_part
from actions.state import at, heard
from actions.talk import FORM, Button, Said, Talk

_WHICH: Final[Json] = {"field": "which", "kind": "which", "choices": [], "optional": False}

# Words for an answer that its label does not contain.
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "机器": ("终端", "机器", "那台", "设备"),
    "账户": ("银行卡", "卡号", "账户", "账号", "收款"),
    "手机": ("手机", "电话", "号码"),
    "电话": ("手机", "电话", "号码"),
    "身份": ("身份证", "姓名", "名字", "证件"),
    "金额": ("金额", "多少钱", "钱数"),
    "交的押金": ("金额", "多少钱", "钱数", "押金"),
    "日期": ("日期", "时间", "哪天"),
    "原因": ("原因", "理由"),
}
_LATEST: Final = re.compile(r"上一|刚才|刚刚|上个(?!月|星期|周|礼拜)|前一")
_EVERYWHERE: Final = frozenset(
    "怎么 哪个 哪里 在哪 什么 多少 要不 不要 想要 主要 要的 的时 的方 交的 您交 当初 有没 没有 写错 填错".split()
)
_PUT: Final = re.compile(r"(?:改成|改为|换成|应该?是|应当是|是|叫)\s*(\S.*)$")
_ENOUGH: Final = re.compile(
    r"(?:不用?改|没有?(?:了|问题)|可以|都?对|没错|提交|交|好|行|就这样|不用)+(?:了|的|吧|啊|呀)*"
)
_OF_A_PHONE: Final = re.compile(r"手机|电话|号码|[最后]位|尾号")


_NOTHING_YET: Final = "还没有记下什么内容，您直接说对的就行。"
_NOTHING_TO_CORRECT: Final = "现在没有填过、还能改的内容。已经提交的申请要改，请说“转人工”。"


class CorrectAnswer(ServiceAction):
    """Finds out which answer is wrong and asks it again."""

    def name(self) -> str:
        return "action_correct_answer"

    def respond(self, talk: Talk) -> Events:
        application = present_application(talk)
        if application is None or not application["answers"]:
            talk.say(_NOTHING_YET if talk.in_form else _NOTHING_TO_CORRECT)
            return []
        field = talk.said.entities.get("field") or meant_field(application["answers"], talk.said)
        events: Events = which_is_next() if field is None else [SlotSet("question", None)]
        if field is not None:
            try:
                events += correct(talk, application, field)
            except Refused as refused:
                talk.say(refused.detail)
        return events if talk.in_form else [*events, FollowupAction(FORM)]


def which_is_next() -> Events:
    """Before the application's next question it is asked which answer has to be changed."""
    return [SlotSet("question", _WHICH)]


def asks_which(talk: Talk) -> bool:
    """Whether that is the question now."""
    return bool(talk.slot("question") == _WHICH)


def ask_which(talk: Talk, application: Json) -> None:
    """Asks which answer has to be changed; the next message may name it, its value, or take the wish back."""
    talk.say("您要改哪一项？点一下，或者直接说哪一项、对的是什么。")
    talk.offer(
        *(Button(row["label"], payload("更正", field=row["field"])) for row in application["answers"]),
        Button("不改了，接着办", "/继续"),
    )


def take_which(talk: Talk) -> Events:
    """The answer to that; no events where the message is something else, for the rules to deal with."""
    application = present_application(talk)
    over = [SlotSet("question", None), *heard()]
    if talk.said.is_payload:
        return over if talk.said.label == GO_ON and not talk.said.entities else []
    if application is None:
        return over
    field = meant_field(application["answers"], talk.said)
    if field is not None:
        return [*over, *correct(talk, application, field)]
    if talk.said.label in (YES, NO, GO_ON) or _ENOUGH.fullmatch(plain(talk.said.text)):
        talk.say("好的，那请再看一遍。")
        return over
    if asks_about_leaving(talk.said):
        talk.say("这句我没太看懂。")
        return [SlotSet("answer", None)]
    return []


def correct(talk: Talk, application: Json, field: str) -> Events:
    """The right value in the same message is taken at once; otherwise the question comes again."""
    number = application["application_no"]
    before = next((row.get("value") for row in application["answers"] if row["field"] == field), None)
    talk.service.clear_answer(number, field)
    question = talk.service.application(number)["next_question"] or {}
    # What was said when the procedure was opened is not put in again where it has just been taken out.
    events: Events = [SlotSet("given", {**(talk.slot("given") or {}), "background": ""})]
    value = _new_value(question, talk.said, before) if question.get("field") == field else None
    if value is None or value == before:
        talk.say("好的，我们改一下这一项。")
        return events
    try:
        changed = put_answer(talk, number, field, value)
    except AnswerRefused as refused:
        talk.say(refused.detail)
        return events
    display = next((row["display"] for row in changed["answers"] if row["field"] == field), value)
    talk.say(f"好的，改好了：“{question['label']}”是{display}。")
    return [*events, *at(changed)]


def _new_value(question: Json, said: Said, before: str | None) -> str | None:
    """What a correction says about the question."""
    if said.is_payload:
        return None
    right = right_part(said.text)
    is_plain = right == said.text.strip() or "不是" not in said.text  # else what was found may be what is turned down
    match question["kind"]:
        case kind if kind in CHOOSING:
            choices = question["choices"]
            return match_choice(choices, right) or other_of_two(choices, before, right)
        case "amount":
            return sum_at_the_end(right) or (value_of("amount", said.entities) if is_plain else None)
        case "phone":
            mobiles = mobiles_in(right)
            return mobiles[-1] if mobiles else (value_of("phone", said.entities) if is_plain else None)
        case "text":
            put = _PUT.search(right)
            return put[1] if put else None
        case kind:
            return value_of(kind, said.entities) if is_plain else None


def meant_field(answers: list[Json], said: Said) -> str | None:
    """The one answer that is spoken of: by its label, another word for it, as the latest, or by its kind of value."""
    named = _named(answers, wrong_part(said.text)) or _named(answers, said.text)
    if len(named) == 1:
        return str(named[0])
    if not named and _LATEST.search(said.text):
        return str(answers[-1]["field"])
    kinds = _kinds_told(said)
    of_kind = [row["field"] for row in answers if row.get("kind") in kinds and (not named or row["field"] in named)]
    return str(of_kind[0]) if len(of_kind) == 1 else None


def _kinds_told(said: Said) -> set[str]:
    """Which kinds of answers the message brings a value for."""
    if mobiles_in(said.text):
        return {"phone"}
    kinds: set[str] = {kind for kind in ("amount", "date") if kind in said.entities}
    if not kinds and not _OF_A_PHONE.search(said.text) and len(sum_at_the_end(right_part(said.text)) or "") > 1:
        return {"amount"}
    return kinds


def _named(answers: list[Json], text: str) -> list[str]:
    """By the label or another word for it, else by a part of the label: “城市” of “在哪个城市”."""
    exact = [row["field"] for row in answers if row["label"] in text]
    if len(exact) == 1:
        return exact
    named = [row["field"] for row in answers if _speaks_of(row["label"], text)]
    return named or [row["field"] for row in answers if _pairs(row["label"]) & _pairs(text)]


def _pairs(text: str) -> set[str]:
    """Each two letters that stand together, but for those that stand everywhere."""
    return {text[place : place + 2] for place in range(len(text) - 1)} - _EVERYWHERE


def _speaks_of(label: str, text: str) -> bool:
    others = (word for key, words in _WORDS.items() if key in label for word in words)
    return label in text or any(word in text for word in others)
