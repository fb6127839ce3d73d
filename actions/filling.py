"""Puts an answer into the application, also where it turns the application over to another procedure."""

from actions.client import Json
from actions.talk import Talk


def put_answer(talk: Talk, number: str, field: str, value: str) -> Json:
    """The application after the answer; the merchant hears when it is another one now."""
    application = talk.service.answer(number, field, value)
    if application["application_no"] != number:
        title = application["procedure"]["title"]
        talk.say(f"这种情况要按“{title}”办，我已经帮您转过去，前面说过的都带上了。")
    return application
