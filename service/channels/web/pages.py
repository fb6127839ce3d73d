"""The built pages (web/dist), each with the strictest policy that lets it work."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service.platform.context import CurrentPlatform
from service.platform.problems import NotFound
from service.platform.settings import Settings

router = APIRouter(include_in_schema=False)

_READ = ["GET", "HEAD"]
_LOADER_SECONDS = 300
_IMMUTABLE = "public, max-age=31536000, immutable"
_NOT_BUILT = "网页还没有构建，请先运行 make run。"


class HashedFiles(StaticFiles):
    """Files whose names change with their content: they may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            response.headers["Cache-Control"] = _IMMUTABLE
        return response


def mount_assets(app: FastAPI, settings: Settings) -> None:
    """Compressed here and nowhere else: what the API says may hold secrets beside text that a stranger chose."""
    files = HashedFiles(directory=settings.web_dist / "assets", check_dir=False)
    app.mount("/assets", GZipMiddleware(files), name="assets")


@router.api_route("/widget/loader.js", methods=_READ)
def loader(platform: CurrentPlatform) -> FileResponse:
    return _stable_script(platform.settings, "widget/loader.js")


@router.api_route("/widget/", methods=_READ)
def widget(platform: CurrentPlatform) -> FileResponse:
    """The app: framed by the pages that the settings allow, or opened as a page of its own."""
    settings = platform.settings
    return _page(settings, "widget", ancestors=" ".join(("'self'", *settings.widget_allowed_origins)))


@router.api_route("/desk/", methods=_READ)
def desk(platform: CurrentPlatform) -> FileResponse:
    return _page(platform.settings, "desk", ancestors="'none'")


@router.api_route("/console/", methods=_READ)
def console(platform: CurrentPlatform) -> FileResponse:
    return _page(platform.settings, "console", ancestors="'none'")


@router.api_route("/console/assist/", methods=_READ)
def assist_panel(platform: CurrentPlatform) -> FileResponse:
    """The suggestions alone: framed by the systems that the settings allow."""
    settings = platform.settings
    return _page(settings, "console/assist", ancestors=" ".join(("'self'", *settings.assist_allowed_origins)))


@router.api_route("/console/assist.js", methods=_READ)
def assist_element(platform: CurrentPlatform) -> FileResponse:
    return _stable_script(platform.settings, "console/assist.js")


@router.api_route("/demo/", methods=_READ)
def demo_shop(platform: CurrentPlatform) -> FileResponse:
    if not platform.settings.is_demo:
        raise NotFound
    return _page(platform.settings, "demo", ancestors="'none'")


@router.api_route("/", methods=_READ)
def start(platform: CurrentPlatform) -> RedirectResponse:
    return RedirectResponse("/demo/" if platform.settings.is_demo else "/widget/")


def _stable_script(settings: Settings, path: str) -> FileResponse:
    """A script that other origins may load under a name that stays."""
    headers = {
        "Cache-Control": f"public, max-age={_LOADER_SECONDS}",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return _file(settings.web_dist / path, headers, media_type="text/javascript")


def _page(settings: Settings, name: str, *, ancestors: str) -> FileResponse:
    return _file(
        settings.web_dist / name / "index.html",
        {"Cache-Control": "no-cache", "Content-Security-Policy": content_security_policy(ancestors)},
        media_type="text/html",
    )


def content_security_policy(ancestors: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "frame-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _file(path: Path, headers: dict[str, str], *, media_type: str) -> FileResponse:
    if not path.is_file():
        raise NotFound(_NOT_BUILT)
    return FileResponse(path, headers=headers, media_type=media_type)
