"""The browser's channel: who may start a conversation, pages under a strict policy, helpers of the demo alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.platform.clock import FixedClock
from tests.service.builders import SPRING, World, make_settings, open_world

SHOP = "https://shop.example.com"
CRM = "https://crm.example.com"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Pages as the build leaves them."""
    root = tmp_path / "dist"
    for name in ("widget", "desk", "console", "console/assist", "demo"):
        (root / name).mkdir(parents=True)
        (root / name / "index.html").write_text(f"<!doctype html><title>{name}</title>")
    (root / "widget" / "loader.js").write_text("(() => {})();")
    (root / "assets").mkdir()
    (root / "assets" / "app-1a2b.js").write_text("export {};")
    return root


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str, clock: FixedClock, dist: Path) -> Iterator[World]:
    with open_world(
        tmp_path, sqlite_url, clock, web_dist=dist, widget_allowed_origins=SHOP, assist_allowed_origins=CRM
    ) as world:
        yield world


def start(world: World, **headers: str) -> int:
    return world.client.post("/v1/conversations", json={"channel": "web"}, headers=headers).status_code


def policy(world: World, path: str) -> dict[str, str]:
    header = world.client.get(path).headers["content-security-policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


@pytest.mark.parametrize("origin", [SHOP, "http://127.0.0.1:8000"])
def test_allowed_pages_and_our_own_may_start_a_conversation(site: World, origin: str) -> None:
    assert start(site, Origin=origin) == 201


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.com",
        "http://shop.example.com",
        "https://shop.example.com.evil.com",
        "null",
        "https://shop.example.com:444",
        "http://[",
        "http://testserver@evil.example.com",
    ],
)
def test_other_pages_may_not(site: World, origin: str) -> None:
    answer = site.client.post("/v1/conversations", json={"channel": "web"}, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["type"]) == (403, "origin_refused")


def test_a_program_without_an_origin_is_held_by_the_limits(tmp_path: Path, sqlite_url: str, clock: FixedClock) -> None:
    with open_world(tmp_path, sqlite_url, clock, conversations_per_hour=3) as world:
        assert [start(world) for _ in range(4)] == [201, 201, 201, 429]
        assert world.merchant(SPRING).get("/v1/conversation").status_code == 200


def test_messages_are_limited_for_each_conversation(tmp_path: Path, sqlite_url: str, clock: FixedClock) -> None:
    with open_world(tmp_path, sqlite_url, clock, messages_per_minute=2) as world:
        talker, other = world.merchant(), world.merchant()
        answers = [talker.say("在吗") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert int(answers[2].headers["retry-after"]) >= 1
        assert other.say("在吗").status_code == 202


def test_the_widget_may_be_framed_by_allowed_pages_alone(site: World) -> None:
    assert policy(site, "/widget/")["frame-ancestors"] == f"'self' {SHOP}"
    assert make_settings(Path("var")).widget_allowed_origins == ()


def test_the_panel_of_suggestions_may_be_framed_by_allowed_systems_alone(site: World) -> None:
    assert policy(site, "/console/assist/")["frame-ancestors"] == f"'self' {CRM}"
    assert make_settings(Path("var")).assist_allowed_origins == ()


@pytest.mark.parametrize("path", ["/desk/", "/console/", "/demo/"])
def test_other_pages_may_not_be_framed(site: World, path: str) -> None:
    assert policy(site, path)["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/widget/", "/desk/", "/console/", "/console/assist/", "/demo/"])
def test_a_page_runs_no_code_but_our_own_files(site: World, path: str) -> None:
    rules = policy(site, path)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["img-src"] == "'self' blob:"
    assert "unsafe" not in str(rules)
    assert site.client.get(path).headers["permissions-policy"].startswith("camera=(self)")


def test_files_with_a_hash_are_kept_for_ever_and_the_loader_for_minutes(site: World) -> None:
    assert "immutable" in site.client.get("/assets/app-1a2b.js").headers["cache-control"]
    loader = site.client.get("/widget/loader.js")
    assert loader.headers["cache-control"] == "public, max-age=300"
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"
    assert site.client.get("/widget/").headers["cache-control"] == "no-cache"
    assert site.client.head("/widget/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/assets/../../pyproject.toml", "/assets/%2e%2e/demo.env", "/assets/nothing.js", "/widget/index.html"]
)
def test_nothing_else_is_served(site: World, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_a_page_that_is_not_built_says_so(lite: World, tmp_path: Path) -> None:
    settings: Any = lite.platform.settings
    object.__setattr__(settings, "web_dist", tmp_path / "nowhere")
    answer = lite.client.get("/widget/")
    assert answer.status_code == 404
    assert "make run" in answer.json()["detail"]


def test_the_demo_page_can_get_a_token_for_its_merchants(site: World) -> None:
    merchants = site.client.get("/demo/info").json()["merchants"]
    assert len(merchants) >= 3
    token = site.client.get("/demo/identity-token", params={"merchant_no": SPRING}).json()["identity_token"]
    answer = site.client.post("/v1/conversations", json={"channel": "web", "identity_token": token})
    assert answer.json()["identity"]["merchant_no"] == SPRING
    assert site.client.get("/demo/identity-token", params={"merchant_no": "822000000000000"}).status_code == 404


def test_the_documentation_needs_no_other_server(lite: World) -> None:
    page = lite.client.get("/docs")
    assert "//" not in page.text.replace("<!doctype", "")
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert lite.client.get(f"/docs/{name}").status_code == 200
    assert lite.client.get("/docs/favicon.png").status_code == 404
    assert "/v1/applications" in lite.client.get("/openapi.json").json()["paths"]


def test_production_has_no_helpers_and_no_documentation(
    tmp_path: Path, sqlite_url: str, clock: FixedClock, dist: Path
) -> None:
    changes = {"env": "production", "public_url": "https://service.example.com", "sms_adapter": "off"}
    with open_world(tmp_path, sqlite_url, clock, web_dist=dist, **changes) as world:
        for path in (
            "/demo/",
            "/demo/info",
            "/demo/sms",
            f"/demo/identity-token?merchant_no={SPRING}",
            "/docs",
            "/openapi.json",
        ):
            assert world.client.get(path).status_code == 404, path
        assert world.client.get("/widget/").headers["strict-transport-security"]
