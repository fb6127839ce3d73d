"""更正: takes an answer back, or puts the right one in its place."""

import re
from typing import Final

from rasa_sdk.events import FollowupAction

from actions.answers import CHOOSING, value_of
from actions.base import Events, ServiceAction
from actions.choices import match_choice
from actions.client import Json
from actions.errors import AnswerRefused, Refused
from actions.filling import put_answer
from actions.payloads import payload
from actions.state import at, paused
from actions.talk import FORM, Button, Said, Talk

# Words for an answer that its label does not contain.
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "机器": ("终端", "机器", "那台", "设备"),
    "账户": ("银行卡", "卡号", "账户", "账号", "收款"),
    "手机": ("手机", "电话", "号码"),
    "身份": ("身份证", "姓名", "名字", "证件"),
    "金额": ("金额", "多少钱", "钱数"),
    "交的押金": ("金额", "多少钱", "钱数", "押金"),
    "日期": ("日期", "时间", "哪天"),
    "原因": ("原因", "理由"),
}
_WRONG: Final = re.compile(r"错了?|不对|有误")
_SUM: Final = re.compile(r"[\d.]+(?:元|块)?$|[零一二两三四五六七八九十百千]{2,}(?:元|块)?$")
_LATEST: Final = re.compile(r"上一|刚才|刚刚|上个|前一")


_NOTHING_YET: Final = "还没有记下什么内容，您直接说对的就行。"
_NOTHING_TO_CORRECT: Final = "现在没有填过、还能改的内容。已经提交的申请要改，请说“转人工”。"


class CorrectAnswer(ServiceAction):
    """Finds out which answer is wrong and asks it again."""

    def name(self) -> str:
        return "action_correct_answer"

    def respond(self, talk: Talk) -> Events:
        application = _present(talk)
        if application is None or not application["answers"]:
            talk.say(_NOTHING_YET if talk.in_form else _NOTHING_TO_CORRECT)
            return []
        field = talk.said.entities.get("field") or meant_field(application["answers"], talk.said.text)
        if field is None:
            offer_fields(talk, application)
            return paused() if talk.in_form else []
        events: Events = []
        try:
            events = correct(talk, application, field)
        except Refused as refused:
            talk.say(refused.detail)
        return events if talk.in_form else [*events, FollowupAction(FORM)]


def correct(talk: Talk, application: Json, field: str) -> Events:
    """The right value in the same message is taken at once; otherwise the question comes again."""
    number = application["application_no"]
    before = next((row.get("value") for row in application["answers"] if row["field"] == field), None)
    talk.service.clear_answer(number, field)
    question = talk.service.application(number)["next_question"] or {}
    value = _new_value(question, talk.said) if question.get("field") == field else None
    if value is None or value == before:
        talk.say("好的，我们改一下这一项。")
        return []
    try:
        events = at(put_answer(talk, number, field, value))
        talk.say("好的，改好了。")
        return events
    except AnswerRefused as refused:
        talk.say(refused.detail)
        return []


def _new_value(question: Json, said: Said) -> str | None:
    """What a correction says about the question, past the word that something is wrong."""
    if said.is_payload:
        return None
    if question["kind"] in CHOOSING:
        return match_choice(question["choices"], re.split(_WRONG, said.text)[-1])
    named = _SUM.search(re.split(_WRONG, said.text)[-1]) if question["kind"] == "amount" else None
    return named[0] if named else value_of(question["kind"], said.entities)


def meant_field(answers: list[Json], text: str) -> str | None:
    """The one answer that the text speaks of: by its label, by another word for it, or as the latest."""
    what = re.split(_WRONG, text)[0]
    named = _named(answers, what) or _named(answers, text)
    if len(named) == 1:
        return str(named[0])
    return str(answers[-1]["field"]) if not named and _LATEST.search(text) else None


def _named(answers: list[Json], text: str) -> list[str]:
    return [row["field"] for row in answers if _speaks_of(row["label"], text)]


def offer_fields(talk: Talk, application: Json) -> None:
    """Asks which answer has to be changed."""
    talk.say("您要改哪一项？")
    talk.offer(
        *(Button(row["label"], payload("更正", field=row["field"])) for row in application["answers"]),
        Button("不改了，接着办", "/继续"),
    )


def _speaks_of(label: str, text: str) -> bool:
    others = (word for key, words in _WORDS.items() if key in label for word in words)
    return label in text or any(word in text for word in others)


def _present(talk: Talk) -> Json | None:
    if not talk.application_no:
        return None
    try:
        application = talk.service.application(talk.application_no)
    except Refused:
        return None
    return application if "answer" in application["allowed_actions"] else None
