"""Where the templates come from: our own, then the library's, whose inline scripts get the nonce of the answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

TEMPLATES = Path(__file__).parent / "templates"
_PLAIN = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


class NoncedTemplates(PackageLoader):
    """The scripts are marked in the template's own text, before any value is put in: no value can become one."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, is_fresh = super().get_source(environment, template)
        return source.replace("<script>", '<script nonce="{{ request.state.nonce }}">'), path, is_fresh


def loaders() -> list[BaseLoader]:
    """After our own folder. `@library/…` is the library's template of that name, for ours to extend."""
    library = NoncedTemplates("starlette_admin", "templates")
    return [library, PrefixLoader({"@library": library})]


def page(template: str, /, *, request: Request, status: int = 200, **values: Any) -> HTMLResponse:
    """One of our own pages that stand alone."""
    static = request.scope["root_path"] + "/static/admin.css"
    return HTMLResponse(_PLAIN.get_template(template).render(style=static, **values), status_code=status)
