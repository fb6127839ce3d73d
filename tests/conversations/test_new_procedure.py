"""A made-up procedure by one YAML file and ten sentences works without touching code."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.e2e.people import Merchant
from tests.e2e.stack import ROOT, Stack, start_stack

pytestmark = pytest.mark.timeout(1_200)  # a training, and a start of the product

INTENT = "退收银箱"
SENTENCES = (
    "收银箱怎么退 我要退收银箱 收银箱不想用了退给你们 租的收银箱想退掉 那个收银箱能不能收回去 "
    "收银箱退回去怎么弄 想把收银箱还了 收银箱坏了要退 不租收银箱了 帮我办收银箱退还"
).split()
MERCHANT = "822290059430BCY"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the operator adds: one file beside the other procedures, and sentences in a folder of their own."""
    folder = tmp_path_factory.mktemp("operator")
    shutil.copytree(ROOT / "data" / "procedures", folder / "procedures")
    write_procedure(folder / "procedures")
    (folder / "nlu").mkdir()
    examples = "\n".join(f"- {sentence}" for sentence in SENTENCES)
    sentences = {"version": "3.1", "nlu": [{"intent": INTENT, "examples": examples}]}
    (folder / "nlu" / "cash_drawer.yml").write_text(yaml.safe_dump(sentences, allow_unicode=True), encoding="utf-8")
    return {
        "PROCEDURES_DIR": str(folder / "procedures"),
        "TRAINING_DATA_EXTRA": str(folder / "nlu"),
        "MODELS_DIR": str(folder / "models"),
    }


def write_procedure(folder: Path) -> None:
    """Questions, documents and money as for a deposit, under another name and with one more question."""
    procedure = yaml.safe_load((folder / "deposit_refund.yml").read_text(encoding="utf-8"))
    procedure |= {
        "code": "cash_drawer",
        "title": "退收银箱",
        "intent": INTENT,
        "summary": "租用的收银箱不再使用时，申请退还。",
    }
    choices = [{"value": "small", "title": "小箱"}, {"value": "large", "title": "大箱"}]
    size = {"field": "size", "kind": "choice", "label": "箱子大小", "prompt": "收银箱是哪一种？", "example": "小箱"}
    procedure["questions"].append({**size, "choices": choices})
    (folder / "cash_drawer.yml").write_text(yaml.safe_dump(procedure, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def product(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Trained and started with these settings; the project's own model is left alone."""
    own_models = sorted((ROOT / "models").glob("*.tar.gz"))
    subprocess.run(
        [ROOT / ".venv" / "bin" / "python", "-m", "bot.train"], cwd=ROOT, env={**os.environ, **settings}, check=True
    )
    assert sorted((ROOT / "models").glob("*.tar.gz")) == own_models
    running = start_stack(tmp_path_factory.mktemp("product"), **settings)
    yield running
    running.stop()


def test_a_made_up_procedure_goes_from_the_first_word_to_the_filed_application(product: Stack) -> None:
    merchant = Merchant(product.url)
    merchant.log_in(MERCHANT)
    opened = merchant.say("租来的收银箱我想退了")
    assert any("退收银箱" in block.get("text", "") for block in opened)
    number = merchant.fill_in_and_file()
    application = merchant.application(number)
    assert application["procedure"] == {"code": "cash_drawer", "title": "退收银箱"}
    assert application["state"] == "submitted"
    assert "小箱" in [answer["display"] for answer in application["answers"]]
