"""Puts the pages together: the library's own, in the desk's colours, behind the desk's session."""

from collections.abc import Sequence
from typing import ClassVar

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette_admin.base import BaseAdmin
from starlette_admin.i18n import I18nConfig, TimezoneConfig
from starlette_admin.theme import ClassMap, DefaultTheme, TablerSettings
from starlette_admin.views import Link

from service.accounts import Accounts, MerchantBook, StaffPeople
from service.admin.guard import DESK, DeskSession, PagePolicy, SessionCsrf
from service.admin.master_data import MasterDataView
from service.admin.merchants import MerchantView
from service.admin.pages import TEMPLATES, loaders
from service.admin.people import StaffView
from service.admin.reasons import FeeView, ReasonView
from service.admin.start import StartView
from service.cases import Cases
from service.platform.context import Platform
from service.platform.crypto import derive_key

TITLE = "资料维护"
PATH = "/admin"


class DeskClasses(ClassMap):
    """To leave a form is nothing dangerous."""

    classes: ClassVar[dict[str, str]] = {"form.cancel_button": "btn"}


class DeskTheme(DefaultTheme):
    """The library's own with the desk's colours, which stand in `static/` of this folder."""

    name = "desk"
    package = "service.admin"

    def get_class_map(self) -> ClassMap:
        return DeskClasses()


class AdminPages(BaseAdmin):
    def __init__(self, platform: Platform, accounts: Accounts, views: Sequence[MasterDataView]) -> None:
        self._accounts = accounts
        super().__init__(
            title=TITLE,
            base_url=PATH,
            templates_dir=str(TEMPLATES),
            additional_loaders=loaders(),
            index_view=StartView(views),
            theme=DeskTheme(TablerSettings(base="slate", primary="teal")),
            auth_provider=DeskSession(platform.database, accounts),
            secret_key=derive_key(platform.settings.secret_key.get_secret_value(), "admin flash").hex(),
            middlewares=[Middleware(PagePolicy)],
            i18n_config=I18nConfig("zh", language_cookie_name=None, language_header_name=None),
            timezone_config=TimezoneConfig("Asia/Shanghai", timezone_cookie_name=None, use_user_locale_timezone=False),
        )
        for view in views:
            self.add_view(view)
        self.add_link(Link("回到审核台", icon="fa-solid fa-arrow-left", url=DESK))

    def _init_csrf(self) -> None:
        """In the place of the library's: the token is tied to the session, as at the desk."""
        self.middlewares.append(Middleware(SessionCsrf, accounts=self._accounts))


def mount_admin(app: FastAPI, platform: Platform, accounts: Accounts, cases: Cases) -> None:
    views = (
        StaffView(platform.database, StaffPeople(platform)),
        ReasonView(platform.database, cases.parts.reasons),
        FeeView(platform.database, cases.parts.reasons),
        MerchantView(platform.database, MerchantBook(platform)),
    )
    AdminPages(platform, accounts, views).mount_to(app)
