"""Which of the choices on the table is meant, and which are spoken of only to be ruled out. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

Choice = dict[str, Any]

_ORDINAL: Final = re.compile(
    r"^(?:我?[选要]|就)?第?([一二三四五六七八九十两\d]{1,2})(?:[个台项种号笔份条]|选项)?(?:吧|的|机器)*$"
)
_LAST: Final = re.compile(r"最后(?:一?[个台项笔份条])?|最下面")
_FIRST: Final = re.compile(r"最上面")
_THE_ONLY_ONE: Final = re.compile(r"就?是?(?:[这那]?一?[个台笔张份条项]|它)(?:机器|的)?")
_OTHER_ONE: Final = re.compile(r"另外?|换")
_NUMBERS: Final = {name: value for value, name in enumerate("零一二三四五六七八九十")} | {"两": 2}
# A stop ends what a “不” reaches; a blank does only where something is said anew.
_CLAUSES: Final = re.compile(r"[，。、；！？,.;!?~…\n]+|\s+(?=[我是就因它])")
_NOT: Final = re.compile(
    r"(?:(?<![差能会要是行好可对])不|(?<![有])没有?|(?<![特区性类级个分])别|并?非|未|甭|勿)"
    r"(?:是|要|用|想|需要?|我|你|再|给|打|这|那|个|因为?|说|把|来|会|能|太|完全|真的?|在|全){0,4}$"
    r"|(?:不知道|不清楚|不确定|记不清|忘了)\w{0,6}$"
)
_EXCEPT: Final = re.compile(r"除了|除去|除开|以外|之外")
_NO_LONGER: Final = re.compile(
    r"^(?:都|也)?不(?:行|可|成)|^[的那]*[张个]?(?:银行)?(?:卡|账户|账号)(?:已经?|都|也)?(?:不|注销|没|丢|停)"
)
_AROUND: Final = re.compile(r"^(?:我?[选要]|就|是|[这那](?:一?[个台张笔])?)+|(?:[这那][个台张笔]|[的吧呢啊呀])+$")


def match_choice(choices: Sequence[Choice], text: str) -> str | None:
    """The value of the one choice that is meant: by title, number, place in the list, or another word for it."""
    wanted = plain(text)
    open_choices = [choice for choice in choices if not _is_ruled_out(choice, text)]
    for fits in (_is_named, _is_part, _shares_number, _is_other_word, _is_core):
        matching = [choice["value"] for choice in open_choices if fits(choice, wanted)]
        if len(matching) == 1:
            return str(matching[0])
    place = _place(wanted, len(choices))
    return str(choices[place]["value"]) if place is not None else None


def only_mention(choices: Sequence[Choice], text: str) -> str | None:
    """The value of the one choice that a longer text speaks of by the way, if it speaks of one alone."""
    spoken_of = [choice for choice in choices if any(_mentions(choice, text, least=2))]
    return str(spoken_of[0]["value"]) if len(spoken_of) == 1 else None


def other_of_two(choices: Sequence[Choice], present: str | None, text: str) -> str | None:
    """“另外那台”, where there are two and one of them was chosen."""
    others = [choice for choice in choices if str(choice["value"]) != present]
    is_meant = len(choices) == 2 and len(others) == 1 and _OTHER_ONE.search(text)
    return str(others[0]["value"]) if is_meant else None


def ruled_out(choices: Iterable[Choice], text: str) -> list[str]:
    """Titles of the choices that the text speaks of and does not want: “不是停业”, “不要打电话”, “除了运费都退”."""
    return [str(choice["title"]) for choice in choices if _is_ruled_out(choice, text)]


def plain(text: str) -> str:
    """Without blanks, marks, and differences of width and case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def _is_ruled_out(choice: Choice, text: str) -> bool:
    if _is_named(choice, plain(text)):
        return False
    mentions = list(_mentions(choice, text))
    return bool(mentions) and not any(mentions)


def _mentions(choice: Choice, text: str, *, least: int = 1) -> Iterator[bool]:
    """For each place where the text speaks of the choice: whether it is wanted there.

    The longest words count: the 停业 in “不是店铺停业” is no second mention.
    """
    phrases = (phrase for phrase in _phrases(choice) if len(phrase) >= least)
    longest_first = sorted(phrases, key=len, reverse=True)
    speaks_of_it = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
    for clause in map(plain, _CLAUSES.split(text)):
        for found in speaks_of_it.finditer(clause):
            before, after = clause[: found.start()], clause[found.end() :]
            yield not (_NOT.search(before) or _EXCEPT.search(before) or _NO_LONGER.search(after))


def _phrases(choice: Choice) -> set[str]:
    title, value = plain(choice["title"]), plain(str(choice["value"]))
    named = [name for name, least in ((title, 2), (value, 4)) if len(name) >= least]
    return {*named, *map(plain, choice["also"])} - {""}


def _is_named(choice: Choice, wanted: str) -> bool:
    return wanted in (plain(choice["title"]), plain(str(choice["value"])))


def _is_part(choice: Choice, wanted: str) -> bool:
    title, value = plain(choice["title"]), plain(str(choice["value"]))
    return (
        (len(title) > 1 and title in wanted)
        or (len(value) > 3 and value in wanted)
        or (len(wanted) > 1 and wanted in title)
    )


def _shares_number(choice: Choice, wanted: str) -> bool:
    return any(number in plain(choice["title"]) for number in re.findall(r"\d{4,}", wanted))


def _is_other_word(choice: Choice, wanted: str) -> bool:
    return any(plain(word) in wanted for word in choice["also"])


def _is_core(choice: Choice, wanted: str) -> bool:
    """“电签的”, “传统那台”."""
    core = _AROUND.sub("", wanted)
    return len(core) > 1 and core in plain(choice["title"])


def _place(wanted: str, length: int) -> int | None:
    if _LAST.search(wanted):
        return length - 1
    if _FIRST.search(wanted) or (length == 1 and _THE_ONLY_ONE.fullmatch(wanted)):
        return 0
    match = _ORDINAL.match(wanted)
    if match is None:
        return None
    number = int(match[1]) if match[1].isdigit() else _NUMBERS.get(match[1], 0)
    return number - 1 if 1 <= number <= length else None
