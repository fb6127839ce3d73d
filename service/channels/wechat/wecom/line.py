"""微信客服 as a line of the core: users by account and person, every message under a reference of our own."""

from __future__ import annotations

from service.channels.wechat.api import MAX_MEDIA_BYTES, ApiError, Meaning, Media
from service.channels.wechat.wecom.api import CustomerServiceApi, ServiceState
from service.channels.wechat.wecom.settings import WecomSettings

_BETWEEN = "/"


def key_of(open_kfid: str, user: str) -> str:
    """No openid of a 公众号 has a slash."""
    return f"{open_kfid}{_BETWEEN}{user}"


class CustomerServiceLine:
    has_replies = False
    repeats_safely = True
    reaches_outside = False

    def __init__(self, api: CustomerServiceApi, settings: WecomSettings) -> None:
        self._api = api
        self._settings = settings

    def serves(self, openid: str) -> bool:
        account, between, _user = openid.partition(_BETWEEN)
        return bool(between) and self._settings.serves(account)

    def send_text(self, openid: str, text: str, *, reference: str) -> None:
        account, _, user = openid.partition(_BETWEEN)
        try:
            self._api.send_text(account, user, text, reference=reference)
        except ApiError as error:
            if error.meaning is not Meaning.ATTENDED:
                raise
            self._take_back(account, user, error)
            self._send_again(account, user, text, reference)

    def send_outside(self, openid: str, text: str, *, reference: str) -> None:
        raise ApiError(Meaning.WINDOW_CLOSED, None, "微信客服 has nothing for users who have not written")

    def media(self, media_id: str, *, limit: int = MAX_MEDIA_BYTES) -> Media:
        return self._api.media(media_id, limit=limit)

    def _take_back(self, account: str, user: str, refusal: ApiError) -> None:
        """A new session becomes the bot's; one that people serve, or that is over, is left alone."""
        state = self._api.state(account, user)
        if state == ServiceState.NEW:
            self._api.take_over(account, user)
        elif state in (ServiceState.QUEUED, ServiceState.HUMAN):
            raise refusal
        elif state == ServiceState.ENDED:
            raise ApiError(Meaning.WINDOW_CLOSED, refusal.code, str(refusal))

    def _send_again(self, account: str, user: str, text: str, reference: str) -> None:
        try:
            self._api.send_text(account, user, text, reference=reference)
        except ApiError as error:
            if error.meaning is Meaning.ATTENDED:  # its states are moving: in a moment it is clearer
                raise ApiError(Meaning.BUSY, error.code, str(error)) from None
            raise
