"""Sensitive numbers: how they are found in what people write, and how much of each may be shown. Pure functions."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["id_number", "bank_card", "phone", "cvv", "code", "password"]

#: Never needed and never kept, not even encrypted.
REFUSED_KINDS: frozenset[Kind] = frozenset({"cvv", "code", "password"})
KIND_TITLES: dict[Kind, str] = {
    "id_number": "身份证",
    "bank_card": "银行卡",
    "phone": "手机号",
    "cvv": "安全码",
    "code": "验证码",
    "password": "密码",
}


@dataclass(frozen=True)
class Found:
    """A sensitive number in a text: `value` is normalised, `start` and `end` are places in the text as written."""

    kind: Kind
    start: int
    end: int
    value: str


# --- showing ---------------------------------------------------------------------------------------------------------


def mask_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "*" * len(phone)


def mask_id_number(number: str) -> str:
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) in {15, 18} else "*" * len(number)


def mask_card(number: str) -> str:
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) >= 13 else "*" * len(number)


def mask_name(name: str) -> str:
    """The family name and one star; a double family name keeps both characters."""
    name = name.strip()
    if len(name) <= 1:
        return "*" * len(name)
    kept = name[:2] if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else name[:1]
    return kept + "*" * (len(name) - len(kept))


_DOUBLE_SURNAMES = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
        "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 "
        "漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 "
        "公上 公门 公山 公坚 左丘 西门 "
    ).split()
)


# --- checking --------------------------------------------------------------------------------------------------------

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_PROVINCES_15 = _PROVINCES - {"71", "81", "82", "83"}  # these came after numbers had grown to 18 digits


def id_check_digit(first_17: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, first_17, strict=True))
    return _ID_CHECK_DIGITS[total % 11]


def luhn_holds(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


def _is_date(text: str, *, first_year: int = 1900, last_year: int = 2099) -> bool:
    try:
        return first_year <= date(int(text[:4]), int(text[4:6]), int(text[6:8])).year <= last_year
    except ValueError:
        return False


def looks_like_id_number(number: str) -> bool:
    """15 or 18 characters with a province and a date of birth; a wrong check digit is a slip, not another number."""
    if len(number) == 18:
        return number[:2] in _PROVINCES and _is_date(number[6:14])
    return len(number) == 15 and number[:2] in _PROVINCES_15 and _is_date("19" + number[6:12])


def looks_like_bank_card(number: str) -> bool:
    """16–19 digits that satisfy Luhn or begin with 62 (UnionPay), and are no number that begins with a date."""
    if not 16 <= len(number) <= 19 or number[0] in "078" or len(set(number)) == 1:
        return False
    if number[:2] in {"19", "20"} and _is_date(number[:8]):
        return False
    return number.startswith("62") or luhn_holds(number)


# --- finding ---------------------------------------------------------------------------------------------------------

_CHINESE_DIGITS = {
    char: str(digit)
    for digit, chars in enumerate(("〇零○", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_SEPARATORS = frozenset("-–—―−‐‑﹣_.．·•,，、/")
_MAX_GAP = 3
_PHONE = re.compile(r"1[3-9]\d{9}")

_CARD_CUE = re.compile(r"银行卡|储蓄卡|信用卡|借记卡|结算卡|卡号|账号|帐号|账户|card", re.IGNORECASE)
_OTHER_CUE = re.compile(
    r"商户|商编|终端|订单|流水|参考号|凭证|单号|序列号|机身号|机具号|批次|交易号|\bSN\b", re.IGNORECASE
)
_CUE_REACH = 12

# Between the word and the secret only words that hand it over: "验证码没收到，95017 是你们吗" holds no code.
_HANDS_OVER = r"[\s:=是为就我的你您给发,\"'“”【\[(]{0,6}"
_REFUSED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("cvv", re.compile(rf"(?:CV[VCN]2?|安全码|背面(?:的)?后?[三3]位(?:数字|码)?){_HANDS_OVER}(\d{{3,4}})(?!\d)", re.I)),
    ("code", re.compile(rf"(?:验证码|校验码|动态码|动态口令|短信码){_HANDS_OVER}(\d{{4,8}})(?!\d)")),
    ("code", re.compile(rf"(?<!\d)(\d{{4,8}}){_HANDS_OVER}(?:短信)?(?:验证码|校验码|动态码)")),
    ("password", re.compile(rf"(?:密码|口令|PIN码?){_HANDS_OVER}([0-9A-Za-z!@#$%^&*._+=-]{{4,32}})", re.I)),
)


@dataclass(frozen=True)
class _Chunk:
    """Digits of one script that stand together; `ends_with_x` when an X follows them directly."""

    start: int
    end: int
    digits: str
    letter_before: bool
    ends_with_x: bool


def find_sensitive(text: str) -> list[Found]:
    """Identity numbers, bank cards, and what must not be kept, in the order of the text and without overlaps."""
    folded = _fold(text)
    found = [*_refused(folded), *_numbers(folded)]
    chosen: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not chosen or item.start >= chosen[-1].end:
            chosen.append(item)
    return chosen


def find_phones(text: str) -> list[Found]:
    """Mobile numbers, which are no secret in a conversation but have no place in a log."""
    folded = _fold(text)
    return [
        Found("phone", match.start(), match.end(), re.sub(r"\D", "", match.group()))
        for match in re.finditer(r"(?<![0-9A-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])", folded)
    ]


_MAY_BE_SENSITIVE = re.compile(r"[^\x00-\x7f]|[0-9]|PIN", re.IGNORECASE)
"""Without any of these no rule can hold: most of what a log says is told at one glance."""


def redact(text: str) -> str:
    """The text as a log may have it."""
    if not _MAY_BE_SENSITIVE.search(text):
        return text
    return _replace(text, lambda item: f"⟦{KIND_TITLES[item.kind]}⟧")


def mask_numbers(text: str) -> str:
    """The text as colleagues may have it: of each number what they need to tell it from another, of codes nothing."""
    return _replace(text, _masked)


def _masked(item: Found) -> str:
    match item.kind:
        case "phone":
            return mask_phone(item.value)
        case "id_number":
            return mask_id_number(item.value)
        case "bank_card":
            return mask_card(item.value)
        case _:
            return f"⟦{KIND_TITLES[item.kind]}⟧"


def _replace(text: str, shown: Callable[[Found], str]) -> str:
    found = find_sensitive(text)
    taken = [(item.start, item.end) for item in found]
    found += [
        phone for phone in find_phones(text) if all(phone.end <= start or end <= phone.start for start, end in taken)
    ]
    for item in sorted(found, key=lambda item: item.start, reverse=True):
        text = f"{text[: item.start]}{shown(item)}{text[item.end :]}"
    return text


def _fold(text: str) -> str:
    """Full-width forms become plain ones, character by character, so that places stay what they are."""
    folded = []
    for char in text:
        if char in _CHINESE_DIGITS:
            folded.append(char)
            continue
        plain = unicodedata.normalize("NFKC", char)
        folded.append(plain if len(plain) == 1 else char)
    return "".join(folded)


def _refused(text: str) -> Iterator[Found]:
    digits = "".join(_CHINESE_DIGITS.get(char, char) for char in text)
    for kind, pattern in _REFUSED:
        for match in pattern.finditer(digits):
            yield Found(kind, match.start(1), match.end(1), "")


def _numbers(text: str) -> Iterator[Found]:
    for run in _runs(list(_chunks(text))):
        first = 0
        while first < len(run):
            match = _longest(text, run, first)
            if match is None:
                yield from _glued(run[first])
                first += 1
            else:
                found, first = match
                yield found


def _chunks(text: str) -> Iterator[_Chunk]:
    for match in re.finditer(rf"[0-9]+|[{''.join(_CHINESE_DIGITS)}]+", text):
        digits = "".join(_CHINESE_DIGITS.get(char, char) for char in match.group())
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        beyond = text[match.end() + 1 : match.end() + 2]
        ends_with_x = after in {"x", "X"} and not (beyond.isascii() and beyond.isalpha())
        yield _Chunk(match.start(), match.end(), digits, before.isascii() and before.isalpha(), ends_with_x)


def _is_separator(char: str) -> bool:
    return char.isspace() or char in _SEPARATORS or unicodedata.category(char) == "Cf"


def _runs(chunks: list[_Chunk]) -> Iterator[list[_Chunk]]:
    """Chunks with nothing but separators between them; the gaps are checked by the caller's text through places."""
    run: list[_Chunk] = []
    for chunk in chunks:
        if run and chunk.start - run[-1].end > _MAX_GAP:
            yield run
            run = []
        run.append(chunk)
    if run:
        yield run


def _longest(text: str, run: list[_Chunk], first: int) -> tuple[Found, int] | None:
    """The longest sensitive number that begins with this chunk, and the index of the chunk after it."""
    best: tuple[Found, int] | None = None
    digits = ""
    for index in range(first, len(run)):
        chunk = run[index]
        if index > first and not all(_is_separator(char) for char in text[run[index - 1].end : chunk.start]):
            break
        digits += chunk.digits
        if len(digits) > 19:
            break
        whole = index == first
        has_phone = not whole and any(_PHONE.fullmatch(part.digits) for part in run[first : index + 1])
        found = None if has_phone else _classify(text, run[first], chunk, digits)
        if found:
            best = (found, index + 1)
    return best


def _classify(text: str, first: _Chunk, last: _Chunk, digits: str) -> Found | None:
    number, end = (digits + "X", last.end + 1) if last.ends_with_x and len(digits) == 17 else (digits, last.end)
    cue = _cue_before(text, first.start)
    if looks_like_id_number(number) and not (len(number) == 15 and (first.letter_before or cue == "other")):
        return Found("id_number", first.start, end, number)
    if number.isdigit() and (looks_like_bank_card(number) or (cue == "card" and 16 <= len(number) <= 19)):
        return Found("bank_card", first.start, end, number)
    return None


def _cue_before(text: str, start: int) -> Literal["card", "other"] | None:
    """What the nearest word before a number says it is."""
    before = text[max(0, start - _CUE_REACH) : start]
    card = max((match.end() for match in _CARD_CUE.finditer(before)), default=-1)
    other = max((match.end() for match in _OTHER_CUE.finditer(before)), default=-1)
    if card == other:
        return None
    return "card" if card > other else "other"


def _glued(chunk: _Chunk) -> Iterator[Found]:
    """Numbers written without any gap: identity numbers that hold every check, and a card stuck to a phone or one."""
    digits = chunk.digits + ("X" if chunk.ends_with_x else "")
    if len(digits) <= 19:
        return
    for start in range(len(digits) - 17):
        window = digits[start : start + 18]
        if looks_like_id_number(window) and window[:17].isdigit() and id_check_digit(window[:17]) == window[17]:
            rest = ((digits[:start], 0), (digits[start + 18 :], start + 18))
            yield Found("id_number", chunk.start + start, chunk.start + start + 18, window)
            yield from (
                Found("bank_card", chunk.start + offset, chunk.start + offset + len(part), part)
                for part, offset in rest
                if part.isdigit() and looks_like_bank_card(part)
            )
            return
    for start, end, rest_start in ((0, len(digits) - 11, len(digits) - 11), (11, len(digits), 0)):
        card = digits[start:end]
        if _PHONE.fullmatch(digits[rest_start : rest_start + 11]) and card.isdigit() and looks_like_bank_card(card):
            yield Found("bank_card", chunk.start + start, chunk.start + end, card)
            return
