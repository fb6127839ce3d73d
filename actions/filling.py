"""The application that is being filled in, and the answers that go into it, also where one turns it into another."""

from actions.client import Json
from actions.errors import Refused
from actions.state import FILLABLE
from actions.talk import Talk


def present_application(talk: Talk) -> Json | None:
    """The one that is remembered, as long as it takes answers."""
    if not talk.application_no:
        return None
    try:
        application = talk.service.application(talk.application_no)
    except Refused:
        return None
    return application if FILLABLE in application["allowed_actions"] else None


def put_answer(talk: Talk, number: str, field: str, value: str) -> Json:
    """The application after the answer; the merchant hears when it is another one now."""
    application = talk.service.answer(number, field, value)
    if application["application_no"] != number:
        title = application["procedure"]["title"]
        talk.say(f"这种情况要按“{title}”办，我已经帮您转过去，前面说过的都带上了。")
    return application
