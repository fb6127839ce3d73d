"""Whether words tell how a machine comes back: by courier with a number, or by hand. Pure."""

import re
from typing import Final

TRACKING: Final = "tracking_no"
RETURNING: Final = "returning"
HOW_IT_COMES: Final = (
    "这里要写快递公司和单号，当面交的写哪天交给了谁。机器找不到或者寄不了的话，说“转人工”，请同事看怎么办。"
)
SENT_UNASKED: Final = "没有查到在等您寄回机器的申请。机器已经寄出的话，说“转人工”，请同事帮您查收；还没寄的请先别寄。"

_COURIERS: Final = "快递|顺丰|邮政|ems|圆通|中通|申通|韵达|极兔|京东|德邦"
_BY_HAND: Final = "交给|给了|当面|送|[拿收取]走|上门|业务员|服务人员|师傅"
_ON_ITS_WAY: Final = re.compile(rf"\d|{_COURIERS}|{_BY_HAND}", re.IGNORECASE)
_NUMBER_MISSING: Final = re.compile(
    r"(?:单号|运单|号)\w{0,3}(?:忘|丢|没|找不|不知|不记|不清)|(?:忘|没|找不到|不记得|不知道)\w{0,3}单号"
)
_SPEAKS_OF_SENDING: Final = re.compile(rf"{_COURIERS}|寄|单号|运单", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<![0-9a-z])(?:[a-z]{2,4}[ -]?)?\d{8,18}(?![0-9a-z])", re.IGNORECASE)
_ASKING: Final = re.compile(r"[?？吗]|怎么|哪")


def tells_how_it_comes(text: str) -> bool:
    """Whether this may answer the question for the number, which was asked."""
    if _NUMBER_MISSING.search(text) and not (_NUMBER.search(text) or re.search(_BY_HAND, text)):
        return False
    return bool(_ON_ITS_WAY.search(text))


def tells_of_sending(text: str) -> bool:
    """Whether this says, without being asked, that a machine was sent: “机器寄出去了，顺丰的”."""
    return bool(_SPEAKS_OF_SENDING.search(text)) and not _ASKING.search(text)


def is_tracking_number(text: str) -> bool:
    """Whether it tells the number as well: “已经寄了，顺丰SF…”."""
    return tells_of_sending(text) and bool(_NUMBER.search(text))
