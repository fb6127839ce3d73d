"""A list that people look after: who may see and change it, and how the library's calls become ours."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol, override

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette_admin.exceptions import ActionFailed, FormValidationError
from starlette_admin.filters import FilterGroup
from starlette_admin.views import BaseModelView

from service.accounts import Role, roles_in
from service.admin.guard import member_of
from service.platform.database import Database
from service.platform.problems import Problem

type Sorts = Sequence[tuple[str, str]]
NO_ORDER = "id"
"""What the library asks for where nobody asked: the list's own order stands then."""

type UseCase[T] = Callable[[Session, str], T]
"""What is done, and by whom as the trail names people."""


class Entry(Protocol):
    """A row as a list shows it."""

    @property
    def id(self) -> str: ...


class MasterDataView(BaseModelView):
    """Nothing is ever deleted, taken out or brought in here: a list of its own is for that (`docs/staff.md`)."""

    pk_attr = "id"
    exporters: Sequence[Any] = ()
    importers: Sequence[Any] = ()
    actions: Sequence[str] | None = ()
    row_actions: Sequence[str] | None = ("edit",)
    column_visibility = False
    row_click_navigate = False
    page_size = 50
    page_size_options: Sequence[int] = (50,)

    readers: ClassVar[tuple[Role, ...]] = roles_in("master_data")
    writers: ClassVar[tuple[Role, ...]] = ("lead", "admin")
    #: Which field a problem is about; the first one where nothing is said.
    blamed: ClassVar[Mapping[type[Problem], str]] = {}

    def __init__(self, database: Database) -> None:
        self._database = database
        super().__init__()

    # --- what a list is ---

    @abstractmethod
    def page(self, session: Session, text: str, sorts: Sorts, skip: int, limit: int) -> Sequence[Entry]: ...

    @abstractmethod
    def size(self, session: Session, text: str) -> int: ...

    @abstractmethod
    def entry(self, session: Session, key: str) -> Entry | None: ...

    def add(self, session: Session, actor: str, data: Mapping[str, Any]) -> Entry:
        """Where `can_create` lets somebody."""
        raise NotImplementedError

    @abstractmethod
    def change(self, session: Session, actor: str, key: str, data: Mapping[str, Any]) -> Entry: ...

    # --- who may do what ---

    def is_accessible(self, request: Request) -> bool:
        return member_of(request).role in self.readers

    def can_edit(self, request: Request) -> bool:
        return member_of(request).role in self.writers

    def can_create(self, request: Request) -> bool:
        return self.can_edit(request)

    def can_view_detail(self, request: Request) -> bool:
        return False

    def can_delete(self, request: Request) -> bool:
        return False

    def can_export(self, request: Request) -> bool:
        return False

    def can_import(self, request: Request) -> bool:
        return False

    # --- how the library asks ---

    @override
    async def find_all(
        self,
        request: Request,
        skip: int = 0,
        limit: int = 100,
        q: str | None = None,
        sorts: Sorts | None = None,
        filters: FilterGroup | None = None,
    ) -> Sequence[Entry]:
        return await self._read(lambda session: self.page(session, q or "", sorts or (), skip, limit))

    async def count(self, request: Request, q: str | None = None, filters: FilterGroup | None = None) -> int:
        return await self._read(lambda session: self.size(session, q or ""))

    async def find_by_pk(self, request: Request, pk: Any) -> Entry | None:
        return await self._read(lambda session: self.entry(session, str(pk)))

    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[Entry]:
        found = [await self.find_by_pk(request, pk) for pk in pks]
        return [entry for entry in found if entry is not None]

    async def create(self, request: Request, data: dict[str, Any]) -> Entry:
        return await self._save(request, lambda session, actor: self.add(session, actor, data))

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Entry:
        return await self._save(request, lambda session, actor: self.change(session, actor, str(pk), data))

    async def delete(self, request: Request, pks: list[Any]) -> int | None:
        raise NotImplementedError

    async def repr(self, obj: Any, request: Request) -> str:
        """What the page calls it when it says what was done."""
        return str(obj.name)

    async def act[T](self, request: Request, use_case: UseCase[T]) -> T:
        """For the actions of a row; what stands against it is said on the page."""
        try:
            return await self._write(request, use_case)
        except Problem as problem:
            raise ActionFailed(problem.detail) from problem

    async def _save[T](self, request: Request, use_case: UseCase[T]) -> T:
        """What stands against it is said beside the field."""
        try:
            return await self._write(request, use_case)
        except Problem as problem:
            first = self.get_fields_list(request)[0].name
            raise FormValidationError({self.blamed.get(type(problem), first): problem.detail}) from problem

    async def _write[T](self, request: Request, use_case: UseCase[T]) -> T:
        """One transaction of this person."""
        actor = member_of(request).key

        def work() -> T:
            with self._database.begin() as session:
                return use_case(session, actor)

        return await run_in_threadpool(work)

    async def _read[T](self, query: Callable[[Session], T]) -> T:
        def work() -> T:
            with self._database.session() as session:
                return query(session)

        return await run_in_threadpool(work)


def pick[E: Entry](entries: Sequence[E], text: str, sorts: Sorts) -> list[E]:
    """Of a list that is short enough to be read whole: those that hold the text, in the order that was asked for."""
    wanted = text.strip().casefold()
    found = [entry for entry in entries if wanted in _words(entry)]
    for name, direction in reversed([(name, direction) for name, direction in sorts if name != NO_ORDER]):
        found.sort(key=lambda entry: _rank(getattr(entry, name)), reverse=direction == "desc")
    return found


def _words(entry: Entry) -> str:
    values = vars(entry).values()
    return "\n".join(value for value in values if isinstance(value, str)).casefold()


def _rank(value: Any) -> tuple[bool, Any]:
    return value is not None, value
