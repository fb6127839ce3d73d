"""商户: to look up; only what an account has open may be set right by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette_admin.fields import BaseField, EnumField, StringField

from service.accounts import MerchantBook, MerchantEntry
from service.admin.fields import WholeNumberField, YuanField, fen_of, number_of
from service.admin.master_data import MasterDataView, Sorts
from service.platform.database import Database


def _shown(name: str, label: str) -> StringField:
    return StringField(name, label=label, exclude_from_edit=True)


class MerchantView(MasterDataView):
    key = "merchants"
    menu_label = "商户"
    display_name = "商户"
    icon = "fa-solid fa-store"
    fields: Sequence[BaseField] = (
        StringField("id", exclude_from_list=True, exclude_from_edit=True),
        _shown("merchant_no", "商户号"),
        _shown("name", "名称"),
        EnumField("kind", label="类型", choices=[("merchant", "商户"), ("agent", "代理商")], exclude_from_edit=True),
        EnumField("status", label="状态", choices=[("active", "正常"), ("closed", "已注销")], exclude_from_edit=True),
        _shown("phone_masked", "手机"),
        StringField("bank_name", label="开户行", exclude_from_list=True, exclude_from_edit=True),
        _shown("account_tail", "账户尾号"),
        YuanField("fees_owed_fen", label="未结清费用（元）", help_text="不知道就空着，系统会请审核员去核对"),
        WholeNumberField("open_disputes", label="未了结的争议（笔）", help_text="不知道就空着"),
    )
    sortable_fields: Sequence[str] | None = ()

    def __init__(self, database: Database, book: MerchantBook) -> None:
        self._book = book
        super().__init__(database)

    def can_create(self, request: Request) -> bool:
        """Merchants come from the acquirer's own system."""
        return False

    def page(self, session: Session, text: str, sorts: Sorts, skip: int, limit: int) -> Sequence[MerchantEntry]:
        return self._book.page(session, text.strip(), skip=skip, limit=limit)

    def size(self, session: Session, text: str) -> int:
        return self._book.count(session, text.strip())

    def entry(self, session: Session, key: str) -> MerchantEntry | None:
        return self._book.entry(session, key)

    def change(self, session: Session, actor: str, key: str, data: Mapping[str, Any]) -> MerchantEntry:
        return self._book.set_right(
            session,
            key,
            fees_owed_fen=fen_of(data["fees_owed_fen"]),
            open_disputes=number_of(data["open_disputes"]),
            actor=actor,
        )
