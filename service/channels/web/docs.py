"""The API's documentation to read and try, in a demo, without files from another server."""

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from service.platform.context import CurrentPlatform
from service.platform.problems import NotFound

router = APIRouter(include_in_schema=False)

_FILES = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_START = 'SwaggerUIBundle({url: "/openapi.json", dom_id: "#docs", deepLinking: true});'
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@router.get("/docs")
def page(platform: CurrentPlatform) -> HTMLResponse:
    if not platform.settings.is_demo:
        raise NotFound
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/start.js")
def start() -> Response:
    return Response(_START, media_type="text/javascript")


@router.get("/docs/{name}")
def file(name: str) -> Response:
    if name not in _FILES:
        raise NotFound
    return Response(files("fastapi_offline").joinpath("static", name).read_bytes(), media_type=_FILES[name])
