"""Draws a paper as PDF, in a Chinese font of which only the signs in use are embedded: same paper, same bytes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from service.cases.agreement.words import Paper
from service.platform.clock import CHINA
from service.platform.settings import SettingsError

_FAMILY = "text"
_MARGIN_MM = 20
_LABEL_MM = 30
_LINE_MM = 5.8
_TEXT_PT, _SMALL_PT, _HEADING_PT, _TITLE_PT = 10.5, 8.5, 11.5, 20
_INK, _SOFT, _ACCENT, _RULE = (31, 35, 41), (107, 114, 128), (22, 93, 160), (217, 221, 227)
_NEEDED = "退款协议商户同意"

# Words and numbers stay whole; closing signs stay with what they close, and opening ones with what they open.
_PIECE = re.compile(r"[（“《【]*(?:[0-9A-Za-z.,:/*#_-]+|.)[，。、；：！？）”》】]*", re.DOTALL)


@functools.cache
def check_font(font: Path) -> None:
    """At the start, so that nobody waits for a document that cannot be drawn."""
    try:
        known = TTFont(font, lazy=True).getBestCmap() or {}
    except (OSError, TTLibError) as error:
        raise SettingsError(
            f"AGREEMENT_FONT cannot be used: {font} is no font file. Leave it unset to use the one that is installed "
            "with the service (`make setup`)."
        ) from error
    if any(ord(sign) not in known for sign in _NEEDED):
        raise SettingsError(f"AGREEMENT_FONT cannot be used: {font} has no Chinese signs. Choose one that has.")


def draw(paper: Paper, font: Path) -> bytes:
    sheet = _Sheet(paper, font)
    sheet.add_page()
    sheet.head()
    for label, value in paper.rows:
        sheet.row(label, value)
    for number, clause in enumerate(paper.clauses, start=1):
        sheet.clause(number, clause.title, clause.lines)
    return bytes(sheet.output())


class _Sheet(FPDF):
    def __init__(self, paper: Paper, font: Path) -> None:
        super().__init__(format="A4")
        self._paper = paper
        signs = {ord(sign) for sign in _all_text(paper)}
        self.add_font(_FAMILY, fname=str(font), unicode_range=sorted(signs))
        for known in self.fonts.values():
            if isinstance(known, TTFFont):  # its own box holds the signs in use too, and measuring takes half the time
                known.ttfont.recalcBBoxes = False
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(True, margin=_MARGIN_MM)
        self.set_title(f"{paper.title} {paper.footer}")
        self.set_author(paper.author)
        self.set_lang("zh-CN")
        self.set_creation_date(datetime.combine(paper.day, time(), CHINA))  # the moment must not change the bytes

    def footer(self) -> None:
        self.set_y(-15)
        self._ink(_SMALL_PT, _SOFT)
        self.cell(0, 5, self._paper.footer)
        self.cell(0, 5, _page(self.page_no()), align=Align.R)

    def head(self) -> None:
        self._ink(_TITLE_PT, _INK)
        self.cell(0, 12, self._paper.title, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(4)

    def row(self, label: str, value: str) -> None:
        self._rule()
        self.ln(1.1)
        self._ink(_TEXT_PT, _SOFT)
        self.cell(_LABEL_MM, _LINE_MM, label)
        self._ink(_TEXT_PT, _INK)
        self._lines(value, indent=_LABEL_MM)
        self.ln(1.1)

    def clause(self, number: int, title: str, lines: Sequence[str]) -> None:
        self.ln(2.6)
        self._ink(_HEADING_PT, _ACCENT)
        self.cell(0, 7, f"{number}. {title}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._ink(_TEXT_PT, _INK)
        for line in lines:
            self._lines(line)

    def _lines(self, text: str, indent: float = 0) -> None:
        for line in self._broken(text, self.epw - indent):
            self.set_x(self.l_margin + indent)
            self.cell(0, _LINE_MM, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _broken(self, text: str, width: float) -> Iterator[str]:
        """Chinese breaks between any two signs, but no line begins with a comma."""
        line = ""
        for piece in _PIECE.findall(text):
            if line and self.get_string_width(line + piece) > width - 2 * self.c_margin:
                yield line
                line = piece.lstrip()
            else:
                line += piece
        yield line

    def _ink(self, points: float, colour: tuple[int, int, int]) -> None:
        self.set_font(_FAMILY, size=points)
        self.set_text_color(*colour)

    def _rule(self) -> None:
        self.set_draw_color(*_RULE)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())


def _all_text(paper: Paper) -> Iterator[str]:
    yield from f"{paper.title}{paper.footer}0123456789. {_page(0)}"
    for label, value in paper.rows:
        yield from label + value
    for clause in paper.clauses:
        yield from clause.title
        for line in clause.lines:
            yield from line


def _page(number: int) -> str:
    return f"第 {number} 页"
