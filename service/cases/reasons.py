"""The catalogue of reasons that reviewers give, read from `data/review/reasons.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.platform.yaml import read_yaml


class ReasonFileError(Exception):
    """The file of reasons is wrong; the message says where and what to do."""


class Reason(BaseModel):
    """一条原因：代号用于统计，文字给商户看。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    text: Annotated[str, Field(min_length=2, max_length=200)]


class Deduction(Reason):
    """价目表的一项：扣什么、依据哪一条、扣多少；金额空着表示按实际情况。"""

    clause: Annotated[str, Field(min_length=4, max_length=200)]
    amount_fen: Annotated[int, Field(gt=0)] | None = None


class Reasons(BaseModel):
    """材料退回的原因、申请不通过的原因，和可以少退的价目。"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: tuple[Reason, ...] = Field(min_length=1)
    reject: tuple[Reason, ...] = Field(min_length=1)
    deduction: tuple[Deduction, ...] = ()

    def has_document(self, code: str | None) -> bool:
        return any(reason.code == code for reason in self.document)

    def has_reject(self, code: str | None) -> bool:
        return any(reason.code == code for reason in self.reject)

    def deduction_of(self, code: str | None) -> Deduction | None:
        return next((item for item in self.deduction if item.code == code), None)


def load_reasons(path: Path) -> Reasons:
    try:
        return Reasons.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ReasonFileError(f"{path}: 不是正确的 YAML，请检查缩进和冒号（{error}）") from error
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise ReasonFileError(f"{path}: {where}：{problem['msg']}") from error
