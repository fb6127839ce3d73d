"""The checklist card: files are picked, dropped or pasted, and arrive once whatever the network does."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from .hand import Widget
from .world import World, application, card, identity

NUMBER = "SQ2611227K3Q9D"
KEY = "deposit_receipt"
LIMIT = 8 * 1024 * 1024


def photo(name: str = "收据.jpg", size: tuple[int, int] = (320, 240)) -> FilePayload:
    buffer = BytesIO()
    Image.new("RGB", size, "#c8a45a").save(buffer, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def raw(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.fixture
def checklist(widget: Widget, world: World) -> Widget:
    world.put(application())
    world.bot(card("checklist", NUMBER))
    expect(widget.document(KEY)).to_be_visible()
    return widget


def pick(widget: Widget, *files: FilePayload, key: str = KEY) -> None:
    widget.document(key).locator("input[multiple]").set_input_files(list(files))


def files_of(world: World, key: str = KEY) -> list[Any]:
    documents = world.applications[NUMBER]["documents"]
    found: list[Any] = next(item["files"] for item in documents if item["key"] == key)
    return found


def test_each_document_says_why_and_how(checklist: Widget) -> None:
    document = checklist.document(KEY)
    expect(document).to_contain_text("用来核对押金金额和收款方。")
    expect(document).to_contain_text("怎么拍")
    expect(document).to_contain_text("待上传")
    expect(checklist.document("transactions")).to_contain_text("选交")
    expect(checklist.card("checklist")).to_contain_text("已交 0/2")


def test_several_photos_at_once_are_uploaded_and_shown(checklist: Widget, world: World) -> None:
    pick(checklist, photo("一.jpg"), photo("二.jpg"), photo("三.jpg"))
    expect(checklist.document(KEY).locator(".thumb img")).to_have_count(3)
    expect(checklist.document(KEY)).to_contain_text("已上传")
    expect(checklist.document(KEY).locator(".upload")).to_have_count(0)
    assert sorted(file["name"] for file in files_of(world)) == ["一.jpg", "三.jpg", "二.jpg"]


def test_a_thumbnail_opens_large_and_closes_with_escape(checklist: Widget) -> None:
    pick(checklist, photo())
    checklist.document(KEY).get_by_role("button", name="查看第 1 个文件").click()
    expect(checklist.frame.locator(".viewer-picture")).to_be_visible()
    checklist.page.keyboard.press("Escape")
    expect(checklist.frame.locator(".viewer")).to_be_hidden()


def test_a_file_can_be_taken_back(checklist: Widget, world: World) -> None:
    pick(checklist, photo())
    checklist.document(KEY).get_by_role("button", name="移除这个文件 1").click()
    expect(checklist.document(KEY).locator(".thumb")).to_have_count(0)
    assert files_of(world) == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (raw("表格.xlsx", "application/vnd.ms-excel", b"x"), "这种文件不支持"),
        (raw("空.jpg", "image/jpeg", b""), "这个文件是空的"),
        (raw("大.pdf", "application/pdf", b"%PDF" + bytes(LIMIT)), "文件超过 8 MB 了"),
        (raw("坏.jpg", "image/jpeg", b"damaged"), "这个文件打不开，请重新拍一张。"),
    ],
)
def test_files_that_cannot_be_taken_are_refused_with_a_reason(
    file: FilePayload, sentence: str, checklist: Widget, world: World
) -> None:
    pick(checklist, file)
    expect(checklist.document(KEY).get_by_text(sentence)).to_be_visible()
    assert files_of(world) == []
    checklist.document(KEY).get_by_role("button", name="移除", exact=True).click()
    expect(checklist.document(KEY).locator(".upload")).to_have_count(0)


def test_a_photo_over_the_limit_is_made_smaller_before_it_is_sent(checklist: Widget, world: World) -> None:
    buffer = BytesIO()
    Image.effect_noise((3600, 3000), 90).save(buffer, "PNG")
    assert buffer.tell() > LIMIT
    pick(checklist, raw("大图.png", "image/png", buffer.getvalue()))
    expect(checklist.document(KEY).locator(".thumb img")).to_have_count(1, timeout=20_000)
    [file] = files_of(world)
    assert file["name"] == "大图.jpg"
    assert file["size"] <= LIMIT


def test_an_upload_whose_answer_got_lost_arrives_once(checklist: Widget, world: World) -> None:
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    checklist.page.route("**/documents/*", lose_the_first)
    pick(checklist, photo())
    expect(checklist.document(KEY).locator(".thumb")).to_have_count(1)
    expect(checklist.document(KEY).locator(".upload")).to_have_count(0)
    assert len(set(keys)) == 1
    assert len(files_of(world)) == 1


def test_an_upload_goes_on_when_the_network_is_back(checklist: Widget, world: World) -> None:
    checklist.page.context.set_offline(True)
    pick(checklist, photo())
    expect(checklist.document(KEY).get_by_text("网络不稳，稍后自动重试")).to_be_visible()
    checklist.page.context.set_offline(False)
    expect(checklist.document(KEY).locator(".thumb")).to_have_count(1)
    assert len(files_of(world)) == 1


def test_an_upload_survives_a_reload(checklist: Widget, world: World) -> None:
    checklist.page.route("**/documents/*", lambda route: route.abort())
    pick(checklist, photo())
    expect(checklist.document(KEY).get_by_text("网络不稳，稍后自动重试")).to_be_visible()
    checklist.page.unroute_all()
    checklist.page.reload()
    expect(checklist.document(KEY).locator(".thumb")).to_have_count(1)
    assert len(files_of(world)) == 1


def test_an_upload_can_be_cancelled(checklist: Widget, world: World) -> None:
    checklist.page.route("**/documents/*", lambda _: None)
    pick(checklist, photo())
    expect(checklist.document(KEY).get_by_role("progressbar")).to_be_visible()
    with checklist.page.expect_event("requestfailed"):
        checklist.document(KEY).get_by_role("button", name="取消上传").click()
    expect(checklist.document(KEY).locator(".upload")).to_have_count(0)
    checklist.page.unroute_all()
    assert files_of(world) == []


def test_a_document_that_was_sent_back_says_why_and_takes_a_new_photo(checklist: Widget, world: World) -> None:
    pick(checklist, photo())
    expect(checklist.document(KEY).locator(".thumb")).to_have_count(1)
    world.change_document(NUMBER, KEY, state="rejected", reason="右下角没有拍到。")
    expect(checklist.document(KEY).get_by_text("需要重新上传：右下角没有拍到。")).to_be_visible()
    pick(checklist, photo("重拍.jpg"))
    expect(checklist.document(KEY).locator(".document-head")).to_contain_text("已上传")


def test_an_accepted_document_takes_no_more_files(checklist: Widget, world: World) -> None:
    world.change_document(NUMBER, KEY, state="accepted")
    expect(checklist.document(KEY)).to_contain_text("已通过")
    expect(checklist.document(KEY).get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_file_that_is_dropped_or_pasted_asks_which_document_it_is(way: str, checklist: Widget, world: World) -> None:
    give = """([way, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], '合同.jpg', { type: 'image/jpeg' }));
      const [kind, field] = way === 'drop' ? [DragEvent, 'dataTransfer'] : [ClipboardEvent, 'clipboardData'];
      const options = { bubbles: true, cancelable: true, [field]: transfer };
      document.getElementById('transcript').dispatchEvent(new kind(way, options));
    }"""
    checklist.frame.evaluate(give, [way, list(photo()["buffer"])])
    dialog = checklist.frame.get_by_role("dialog", name="这些文件是哪项材料？")
    dialog.get_by_role("button", name="合同或入网协议").click()
    expect(checklist.document("contract").locator(".thumb")).to_have_count(1)
    assert len(files_of(world, "contract")) == 1


def test_without_a_checklist_a_file_is_not_taken(widget: Widget) -> None:
    widget.frame.locator(".composer input[type=file]").set_input_files([photo()])
    dialog = widget.frame.get_by_role("dialog", name="还不需要交照片")
    expect(dialog).to_contain_text("先告诉我您要办什么")
    expect(dialog).to_contain_text("刚才的文件没有发出去")
    widget.button("知道了").click()
    expect(widget.frame.get_by_role("dialog")).to_have_count(0)


def test_a_file_for_an_application_of_another_day_opens_that_application_first(widget: Widget, world: World) -> None:
    world.only().identity = identity()
    world.put(application())
    widget.visit(widget.page.url)
    expect(widget.frame.get_by_role("region", name="您正在办的申请")).to_be_visible()
    widget.frame.locator(".composer input[type=file]").set_input_files([photo()])
    dialog = widget.frame.get_by_role("dialog", name="先选要办的申请")
    dialog.get_by_role("button", name="退押金 · 智能POS（尾号0012）").click()
    expect(dialog).to_have_count(0)
    expect(widget.own).to_have_text([f"查进度 {NUMBER}"])


def test_two_applications_are_told_apart_when_a_file_is_assigned(widget: Widget, world: World) -> None:
    labels = {NUMBER: "退押金 · 智能POS（尾号0012）", "SQ261123AAAAA2": "退押金 · 电签POS（尾号7733）"}
    for number, label in labels.items():
        world.put(application(number, label=label))
        world.bot(card("checklist", number))
    expect(widget.card("checklist")).to_have_count(2)
    widget.frame.locator(".composer input[type=file]").set_input_files([photo()])
    dialog = widget.frame.get_by_role("dialog", name="这些文件是哪项材料？")
    groups = dialog.get_by_role("heading", level=3)
    expect(groups).to_have_text([f"{labels[number]} · {number}" for number in reversed(labels)])
    dialog.get_by_role("button", name="押金收据").first.click()
    expect(widget.frame.locator(".thumb")).to_have_count(1)
    assert len(world.applications["SQ261123AAAAA2"]["documents"][0]["files"]) == 1
