"""When a turn is tried again, when it is given up, and the sentences that the service says in the bot's place."""

from datetime import timedelta

LEASE = timedelta(seconds=10)
LEASE_RENEWAL_SECONDS = 3.0
MAX_FAILURES = 4
TELL_AFTER_WAITS = 2
TELL_AFTER = timedelta(seconds=5)
_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 10.0

WAITING = "消息已经收到并保存，系统正在恢复，恢复后马上回复您，您不用重发。"
APOLOGY = "抱歉，这条消息我没能处理好，已经记录下来。请换个说法再发一次，或者回复“转人工”。"
NOT_KEPT = "为了您的资金安全，请不要在聊天里发送{kinds}。刚才的内容我们没有保存，办理业务也不需要它。"


def retry_after(tries: int) -> timedelta:
    """Half a second at first, doubling, never more than ten seconds: nobody waits long once all is well again."""
    return timedelta(seconds=min(_FIRST_WAIT_SECONDS * 2 ** min(tries, 10), _LONGEST_WAIT_SECONDS))


def forget_again_after(tries: int) -> timedelta:
    """Nobody waits for it, and it must not crowd out those who do."""
    return timedelta(seconds=min(2 ** min(tries, 10), 600))


def gives_up(failures: int) -> bool:
    return failures >= MAX_FAILURES


def should_tell(waits: int, waited: timedelta, *, told: bool) -> bool:
    """Not for a hiccup, but before the merchant wonders; and once."""
    return not told and (waits >= TELL_AFTER_WAITS or waited >= TELL_AFTER)
