"""原因 and 价目: what reviewers choose from when they send back, refuse, or grant less."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette_admin.fields import BaseField, StringField

from service.admin.fields import ChoiceField, LimitedField, YesNoField, YuanField, fen_of
from service.admin.master_data import MasterDataView, Sorts, pick
from service.cases import LastReason, ReasonBook, ReasonEntry, ReasonKind, ReasonKnown, ReasonUnknown
from service.platform.database import Database
from service.platform.problems import Problem

_CODE_HELP = "只用于统计，定了就不能改；小写字母、数字和下划线，例如 photo_too_dark"
_KINDS: Sequence[tuple[ReasonKind, str]] = (("document", "材料退回"), ("reject", "申请不通过"))


def _id() -> StringField:
    return StringField("id", exclude_from_list=True, exclude_from_create=True, exclude_from_edit=True)


def _code() -> StringField:
    return LimitedField("code", label="代号", required=True, maxlength=40, exclude_from_edit=True, help_text=_CODE_HELP)


def _active() -> YesNoField:
    help_text = "停用以后不能再选，以前用过的记录不变"
    return YesNoField("active", label="可以选", exclude_from_create=True, yes="可以", no="停用", help_text=help_text)


class _BookView(MasterDataView):
    """A part of the book. Codes stay for ever, because decisions of the past name them."""

    blamed: ClassVar[Mapping[type[Problem], str]] = {ReasonKnown: "code", LastReason: "active"}
    kinds: ClassVar[frozenset[ReasonKind]]

    def __init__(self, database: Database, book: ReasonBook) -> None:
        self._book = book
        super().__init__(database)

    @abstractmethod
    def read(self, data: Mapping[str, Any], key: tuple[ReasonKind, str], *, active: bool) -> ReasonEntry:
        """What a form says."""

    async def repr(self, obj: ReasonEntry, request: Request) -> str:
        return obj.text

    def page(self, session: Session, text: str, sorts: Sorts, skip: int, limit: int) -> Sequence[ReasonEntry]:
        return pick(self._entries(session), text, sorts)[skip : skip + limit]

    def size(self, session: Session, text: str) -> int:
        return len(pick(self._entries(session), text, ()))

    def entry(self, session: Session, key: str) -> ReasonEntry | None:
        return next((entry for entry in self._entries(session) if entry.id == key), None)

    def change(self, session: Session, actor: str, key: str, data: Mapping[str, Any]) -> ReasonEntry:
        known = self.entry(session, key)
        if known is None:
            raise ReasonUnknown
        entry = self.read(data, (known.kind, known.code), active=bool(data["active"]))
        return self._book.change(session, entry, actor=actor)

    def _entries(self, session: Session) -> list[ReasonEntry]:
        return [entry for entry in self._book.entries(session) if entry.kind in self.kinds]


class ReasonView(_BookView):
    key = "reasons"
    menu_label = "原因"
    display_name = "原因"
    icon = "fa-solid fa-comment-dots"
    kinds = frozenset({"document", "reject"})
    fields: Sequence[BaseField] = (
        _id(),
        ChoiceField("kind", label="用在", required=True, choices=_KINDS, exclude_from_edit=True),
        _code(),
        LimitedField("text", label="给商户看的话", required=True, maxlength=200, help_text="审核员发出去以前还可以改"),
        _active(),
    )

    def add(self, session: Session, actor: str, data: Mapping[str, Any]) -> ReasonEntry:
        entry = self.read(data, (data["kind"], data["code"]), active=True)
        return self._book.add(session, entry, actor=actor)

    def read(self, data: Mapping[str, Any], key: tuple[ReasonKind, str], *, active: bool) -> ReasonEntry:
        return ReasonEntry(*key, data["text"], active=active)


class FeeView(_BookView):
    key = "fees"
    menu_label = "价目"
    display_name = "价目"
    icon = "fa-solid fa-scale-balanced"
    kinds = frozenset({"deduction"})
    fields: Sequence[BaseField] = (
        _id(),
        _code(),
        LimitedField("text", label="扣什么", required=True, maxlength=200),
        LimitedField("clause", label="依据", required=True, maxlength=200, help_text="合同的哪一条；商户会看到"),
        YuanField("amount_fen", label="最多扣（元）", help_text="空着表示按实际情况"),
        _active(),
    )

    def add(self, session: Session, actor: str, data: Mapping[str, Any]) -> ReasonEntry:
        return self._book.add(session, self.read(data, ("deduction", data["code"]), active=True), actor=actor)

    def read(self, data: Mapping[str, Any], key: tuple[ReasonKind, str], *, active: bool) -> ReasonEntry:
        return ReasonEntry(*key, data["text"], data["clause"], fen_of(data["amount_fen"]), active)
