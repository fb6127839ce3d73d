"""员工: who works here, in which role; one-time passwords, and phones that are lost."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import row_action
from starlette_admin.fields import BaseField, DateTimeField, StringField

from service.accounts import (
    LastAdmin,
    LoginTaken,
    LoginUnusable,
    OwnRole,
    Role,
    StaffChanges,
    StaffEntry,
    StaffPeople,
    StaffUnknown,
)
from service.admin.fields import ChoiceField, LimitedField, YesNoField
from service.admin.master_data import MasterDataView, Sorts, pick
from service.admin.pages import page
from service.platform.database import Database
from service.platform.problems import Problem

ROLE_TITLES: Mapping[Role, str] = {
    "agent": "坐席",
    "reviewer": "审核员",
    "payer": "出纳",
    "lead": "主管",
    "admin": "管理员",
    "auditor": "稽核员",
}


class StaffView(MasterDataView):
    key = "staff"
    menu_label = "员工"
    display_name = "员工"
    icon = "fa-solid fa-user-group"
    fields: Sequence[BaseField] = (
        StringField("id", exclude_from_list=True, exclude_from_create=True, exclude_from_edit=True),
        LimitedField("login", label="账号", required=True, maxlength=40, exclude_from_edit=True),
        LimitedField("name", label="姓名", required=True, maxlength=40),
        ChoiceField("role", label="角色", required=True, choices=list(ROLE_TITLES.items())),
        YesNoField("active", label="可以登录", exclude_from_create=True, yes="可以", no="停用"),
        YesNoField(
            "second_factor", label="手机", exclude_from_create=True, exclude_from_edit=True, yes="已绑定", no="—"
        ),
        YesNoField(
            "must_change_password",
            label="密码",
            exclude_from_create=True,
            exclude_from_edit=True,
            yes="等本人换",
            no="自己的",
        ),
        DateTimeField("created_at", label="添加时间", exclude_from_create=True, exclude_from_edit=True),
    )
    row_actions: Sequence[str] | None = ("edit", "one_time_password", "forget_phone")
    fields_default_sort = ("login",)
    readers: ClassVar[tuple[Role, ...]] = ("admin",)
    writers: ClassVar[tuple[Role, ...]] = ("admin",)
    blamed: ClassVar[Mapping[type[Problem], str]] = {
        LoginTaken: "login",
        LoginUnusable: "login",
        LastAdmin: "role",
        OwnRole: "role",
    }

    def __init__(self, database: Database, people: StaffPeople) -> None:
        self._people = people
        super().__init__(database)

    def page(self, session: Session, text: str, sorts: Sorts, skip: int, limit: int) -> Sequence[StaffEntry]:
        return pick(self._people.entries(session), text, sorts)[skip : skip + limit]

    def size(self, session: Session, text: str) -> int:
        return len(pick(self._people.entries(session), text, ()))

    def entry(self, session: Session, key: str) -> StaffEntry | None:
        return next((entry for entry in self._people.entries(session) if entry.id == key), None)

    def add(self, session: Session, actor: str, data: Mapping[str, Any]) -> StaffEntry:
        """The password that comes with it is thrown away: the row's own action makes one and shows it once."""
        staff, _password = self._people.add(
            session, actor=actor, login=data["login"], name=data["name"], role=data["role"]
        )
        return self._known(session, staff.id)

    def change(self, session: Session, actor: str, key: str, data: Mapping[str, Any]) -> StaffEntry:
        changes = StaffChanges(data["name"], data["role"], active=bool(data["active"]))
        self._people.change(session, key, changes, actor=actor)
        return self._known(session, key)

    @row_action(
        name="one_time_password",
        text="发一次性密码",
        confirmation="发新的一次性密码？原来的密码马上失效，这位同事会退出登录。",
        submit_btn_text="发新密码",
        icon_class="fa-solid fa-key",
        custom_response=True,
    )
    async def one_time_password(self, request: Request, pk: Any) -> Response:
        def reset(session: Session, actor: str) -> tuple[StaffEntry, str]:
            return self._known(session, pk), self._people.reset_password(session, pk, actor=actor)

        entry, password = await self.act(request, reset)
        back = str(request.url_for("admin:list", key=self.key))
        return page(
            "one_time_password.html",
            request=request,
            name=entry.name,
            login=entry.login,
            password=password,
            back=back,
        )

    @row_action(
        name="forget_phone",
        text="解除手机绑定",
        confirmation="解除这位同事绑定的手机和恢复码？请先确认是本人。",
        submit_btn_text="解除",
        icon_class="fa-solid fa-mobile-screen",
    )
    async def forget_phone(self, request: Request, pk: Any) -> str:
        await self.act(request, lambda session, actor: self._people.remove_second_factor(session, pk, actor=actor))
        return "已解除。下次登录只要密码，之后可以重新绑定。"

    async def is_row_action_allowed_for_obj(self, request: Request, name: str, obj: StaffEntry) -> bool:
        if name == "one_time_password" and not obj.active:
            return False
        if name == "forget_phone" and not obj.second_factor:
            return False
        return await super().is_row_action_allowed_for_obj(request, name, obj)

    def _known(self, session: Session, key: str) -> StaffEntry:
        entry = self.entry(session, key)
        if entry is None:
            raise StaffUnknown
        return entry
