"""The first page: straight to the first list that this person may see."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin.routing import route
from starlette_admin.views import BaseModelView, CustomView


class StartView(CustomView):
    def __init__(self, views: Sequence[BaseModelView]) -> None:
        self._views = views
        super().__init__(path="/", route_name="index", add_to_menu=False)

    @route("")
    async def index(self, request: Request) -> Response:
        seen = next(view for view in self._views if view.is_accessible(request))
        return RedirectResponse(request.url_for("admin:list", key=seen.key), status_code=303)
