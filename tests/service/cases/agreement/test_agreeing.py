"""The merchant agrees to one document, of one amount and one account, and both sides can get it again."""

from __future__ import annotations

import hashlib
import io
import os
from typing import Any

import pypdfium2
from PIL import Image

from service.platform.masking import mask_name
from tests.service.cases.world import CARD, Merchant, World, approved, in_review


def document(merchant: Merchant) -> dict[str, Any]:
    return dict(merchant.app["agreement"]["document"])


def agree_to(merchant: Merchant, sha256: str) -> Any:
    body = {"accept": True, "version": merchant.app["version"], "sha256": sha256}
    return merchant.post(f"/v1/applications/{merchant.no}/agreement", body)


def text(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def test_the_document_is_there_when_the_merchant_is_asked(world: World) -> None:
    merchant = approved(world)
    shown = document(merchant)
    answer = merchant.get(shown["url"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    assert hashlib.sha256(answer.content).hexdigest() == shown["sha256"]
    assert shown["name"] == f"退款协议 {merchant.no}.pdf"
    said = text(answer.content)
    agreement = merchant.app["agreement"]
    for part in (merchant.no, "199.00元", f"尾号 {agreement['account_tail']}", agreement["holder_masked"]):
        assert part in said


def test_who_agreed_to_what_when_and_where_is_kept(world: World) -> None:
    merchant = approved(world)
    sha256 = document(merchant)["sha256"]
    desk = world.staff()
    assert desk.detail(merchant.no)["agreement"]["agreed_at"] is None
    assert agree_to(merchant, sha256).status_code == 200
    kept = desk.detail(merchant.no)["agreement"]
    assert (kept["sha256"], kept["agreed_at"]) == (sha256, merchant.app["agreement"]["agreed_at"])
    assert hashlib.sha256(desk.get(kept["url"]).content).hexdigest() == sha256
    trail = world.staff("lead").get("/v1/review/audit", params={"application_no": merchant.no, "action": "agreed"})
    [agreed] = trail.json()["items"]
    assert agreed["after"]["document"] == sha256
    assert agreed["after"]["conversation"] == merchant.conversation_id
    assert agreed["actor"].startswith("merchant:")


def test_another_amount_is_another_document_and_the_old_one_cannot_be_agreed_to(lite: World) -> None:
    merchant = approved(lite)
    old = document(merchant)["sha256"]
    assert merchant.agree(accept=False).json()["agreement"] is None
    lite.staff().approve(merchant.no, 9_900, deduction_code="machine_damaged", reason_text="外壳破损，按合同第七条扣")
    new = document(merchant)["sha256"]
    assert new != old
    refused = agree_to(merchant, old)
    assert (refused.status_code, refused.json()["type"]) == (409, "agreement_changed")
    assert "最新的协议" in refused.json()["detail"]
    assert agree_to(merchant, new).status_code == 200
    before = merchant.get(f"/v1/applications/{merchant.no}/agreement.pdf", params={"sha256": old})
    assert "199.00元" in text(before.content), "what was shown before can still be looked at"


def test_an_account_that_changed_behind_the_document_cannot_be_agreed_to(lite: World) -> None:
    from sqlalchemy import update

    from service.cases.models import Application

    merchant = approved(lite)
    with lite.platform.database.begin() as session:
        session.execute(update(Application).values(account={"tail": "9999", "bank": "别的银行", "holder": "李*"}))
    refused = merchant.agree()
    assert (refused.status_code, refused.json()["type"]) == (409, "agreement_changed")


def test_browsers_that_open_no_pdf_get_a_picture_of_it(lite: World) -> None:
    merchant = approved(lite)
    shown = document(merchant)
    answer = merchant.get(shown["url"], params={"sha256": shown["sha256"], "variant": "preview"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.height > picture.width > 1_000  # sharp enough to be enlarged
        assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_an_application_without_a_document_says_so(lite: World) -> None:
    merchant = in_review(lite)
    answer = merchant.get(f"/v1/applications/{merchant.no}/agreement.pdf")
    assert (answer.status_code, "还没有协议" in answer.json()["detail"]) == (404, True)


def test_the_document_of_somebody_else_is_not_found(lite: World) -> None:
    merchant = approved(lite)
    stranger = lite.merchant("822290059430BCY")
    assert stranger.get(f"/v1/applications/{merchant.no}/agreement.pdf").status_code == 404
    assert lite.merchant(None).get(f"/v1/applications/{merchant.no}/agreement.pdf").status_code == 404
    assert lite.client().get(f"/v1/review/applications/{merchant.no}/agreement.pdf").status_code == 401


def test_the_document_stays_when_old_files_are_swept(lite: World) -> None:
    merchant = approved(lite)
    for path in lite.platform.settings.files_dir.glob("??/*"):
        os.utime(path, (0, 0))
    with lite.platform.database.begin() as session:
        assert lite.cases.papers.sweep(session) == 0
    assert merchant.get(document(merchant)["url"]).status_code == 200


def test_no_number_of_an_account_stands_in_it_in_full(lite: World) -> None:
    account = {"holder": "春风小吃店", "bank": "演示银行", "number": CARD}
    merchant = approved(lite, answers={"payout_account": "another", "other_account": account})
    said = text(merchant.get(document(merchant)["url"]).content)
    assert CARD not in said
    assert CARD[-4:] in said
    assert mask_name("春风小吃店") in said
