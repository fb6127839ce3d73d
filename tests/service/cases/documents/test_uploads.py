"""Uploads through HTTP: limits, repeats, states, storage, and what is swept."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from service.cases.documents.sanitise import MAX_BYTES
from service.cases.documents.service import MAX_FILES_PER_DOCUMENT, ORPHAN_AFTER_SECONDS
from tests.service.cases.world import REFUND_ANSWERS, Merchant, World, in_review, picture


def submitted(world: World) -> Merchant:
    merchant = world.merchant()
    merchant.open("deposit_refund")
    merchant.fill(REFUND_ANSWERS)
    merchant.submit()
    return merchant


def blobs(world: World) -> list[Path]:
    return [path for path in world.platform.settings.files_dir.rglob("*") if path.is_file()]


def test_the_same_file_twice_is_one_file(world: World) -> None:
    merchant, content = submitted(world), picture()
    first = merchant.upload("contract", content, key="one").json()
    assert merchant.upload("contract", content, key="one").json() == first, "the same request"
    assert merchant.upload("contract", content, key="two").json() == first, "the same content"
    document = next(item for item in merchant.app["documents"] if item["key"] == "contract")
    assert [file["id"] for file in document["files"]] == [first["id"]]


def test_a_file_is_kept_encrypted_under_the_hash_of_what_it_is(lite: World) -> None:
    merchant = submitted(lite)
    file_id = merchant.upload("contract", picture(300, 200)).json()["id"]
    stored = merchant.get(f"/v1/files/{file_id}?variant=original").content
    (path,) = blobs(lite)
    assert path.name == hashlib.sha256(stored).hexdigest()
    assert stored[:64] not in path.read_bytes()


@pytest.mark.parametrize("extra", [1, 1024 * 1024])
def test_a_file_that_is_too_large_is_refused(lite: World, extra: int) -> None:
    merchant = submitted(lite)
    answer = merchant.upload("contract", b"\xff\xd8\xff" + b"x" * (MAX_BYTES - 3 + extra))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert blobs(lite) == []


@pytest.mark.parametrize(("content", "status"), [(b"", 422), (b"<html></html>", 415), (b"\xff\xd8\xff\xe0broken", 422)])
def test_a_bad_file_leaves_nothing_behind(lite: World, content: bytes, status: int) -> None:
    merchant = submitted(lite)
    answer = merchant.upload("contract", content)
    assert answer.status_code == status, answer.text
    assert blobs(lite) == []
    assert all(item["state"] == "missing" for item in merchant.app["documents"])


def test_a_name_cannot_smuggle_a_header(lite: World) -> None:
    merchant = submitted(lite)
    file = merchant.upload("contract", name='x"; filename*=evil.html\r\nX-Evil: 1.jpg').json()
    answer = merchant.get(f"/v1/files/{file['id']}?variant=original")
    assert "x-evil" not in answer.headers
    assert "evil.html" not in answer.headers["content-disposition"].split("filename*=")[0]


def test_a_document_takes_only_so_many_files(lite: World) -> None:
    merchant = submitted(lite)
    for _ in range(MAX_FILES_PER_DOCUMENT):
        assert merchant.upload("contract").status_code == 201
    answer = merchant.upload("contract")
    assert (answer.status_code, answer.json()["type"]) == (409, "too_many_files")


def test_an_unknown_document_is_not_there(lite: World) -> None:
    merchant = submitted(lite)
    assert merchant.upload("passport").status_code == 404
    assert merchant.upload("supplement").status_code == 404, "only when a reviewer asks for it"


def test_a_removed_file_is_missing_again(lite: World) -> None:
    merchant = submitted(lite)
    file_id = merchant.upload("contract").json()["id"]
    app = merchant.delete(f"/v1/applications/{merchant.no}/documents/contract/files/{file_id}").json()
    assert next(item for item in app["documents"] if item["key"] == "contract")["state"] == "missing"
    assert merchant.get(f"/v1/files/{file_id}").status_code == 404


def test_nothing_is_removed_or_replaced_behind_a_reviewers_back(lite: World) -> None:
    merchant = in_review(lite)
    document = merchant.app["documents"][0]
    path = f"/v1/applications/{merchant.no}/documents/{document['key']}/files/{document['files'][0]['id']}"
    assert merchant.delete(path).json()["type"] == "document_closed"
    desk = lite.staff()
    desk.act(merchant.no, f"documents/{document['key']}/decision", {"decision": "accept"})
    assert merchant.upload(document["key"]).json()["type"] == "document_closed"


def test_an_upload_changes_the_version_that_a_reviewer_decides_on(lite: World) -> None:
    merchant = in_review(lite)
    desk = lite.staff()
    seen = desk.detail(merchant.no)["application"]["version"]
    merchant.upload("contract")
    path = f"/v1/review/applications/{merchant.no}/documents/contract/decision"
    assert desk.post(path, {"decision": "accept", "version": seen}).status_code == 412


def test_the_pages_of_a_pdf_can_be_looked_at(lite: World) -> None:
    from tests.service.cases.documents.test_sanitise import pdf

    merchant = submitted(lite)
    file = merchant.upload("contract", pdf(3), "合同.pdf").json()
    assert (file["pages"], file["content_type"]) == (3, "application/pdf")
    assert merchant.get(f"/v1/files/{file['id']}?page=3").headers["content-type"] == "image/jpeg"
    assert merchant.get(f"/v1/files/{file['id']}?page=4").status_code == 404
    assert merchant.get(f"/v1/files/{file['id']}?page=0").status_code == 422


def test_content_that_nobody_refers_to_is_swept_after_a_while(world: World) -> None:
    merchant = submitted(world)
    kept = merchant.upload("contract").json()["id"]
    removed = merchant.upload("transactions").json()["id"]
    merchant.delete(f"/v1/applications/{merchant.no}/documents/transactions/files/{removed}")
    world.cases.parts.blobs.put(b"of an upload that broke off")
    with world.platform.database.session() as session:
        assert world.cases.papers.sweep(session) == 0, "too young"
        old = time.time() - ORPHAN_AFTER_SECONDS - 1
        for path in blobs(world):
            os.utime(path, (old, old))
        assert world.cases.papers.sweep(session) == 2
    assert merchant.get(f"/v1/files/{kept}").status_code == 200
