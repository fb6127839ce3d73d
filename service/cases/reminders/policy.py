"""The policy of reminders, read from `data/review/reminders.yml` and checked at the start."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from service.cases.procedures.model import DeadlineKey
from service.cases.rules import NEXT_TO_ACT, WAITS_FOR_DOCUMENTS, State
from service.platform.yaml import read_yaml

WORDS = frozenset({"no", "title", "missing", "due", "left"})
"""What a text may name in braces."""

Audience = Literal["handler", "lead"]
Flag = Literal["overdue", "no_answer"]
Action = Literal["rest", "close"]
_WHERE: dict[Action, tuple[State, ...]] = {"rest": WAITS_FOR_DOCUMENTS, "close": (State.PAID,)}


class ReminderFileError(Exception):
    """The file of reminders is wrong; the message says where and what to do."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Part):
    """到了哪一天做什么。"""

    day: int = Field(ge=-30, le=250, description="waiting：等到第几个工作日；deadlines：离到期日几个工作日，之前写负数")
    merchant: str = Field(
        "", max_length=300, description="对商户说的话；{no} {title} {missing} {due} {left} 会换成实际内容"
    )
    staff: tuple[Audience, ...] = Field((), description="提醒谁：handler 经办人（没人认领就是整个小组），lead 主管")
    flag: Flag | None = Field(None, description="在列表里标出来：overdue 超时，no_answer 商户一直没有回音")
    then: Action | None = Field(None, description="rest 先搁置；close 到期办结。只能写在最后一步")

    @model_validator(mode="after")
    def _says_something_it_can(self) -> Self:
        if not (self.merchant or self.staff or self.then):
            raise ValueError(f"第 {self.day} 天这一步什么也没做，写上 merchant、staff 或 then")
        if self.merchant and self.then:
            raise ValueError("then 自己会告诉商户，不用再写 merchant")
        try:
            named = {
                name for _text, name, _spec, _conversion in string.Formatter().parse(self.merchant) if name is not None
            }
        except ValueError:
            named = {self.merchant}
        unknown = sorted(named - WORDS)
        if unknown:
            raise ValueError(f"文字里的 {{{unknown[0]}}} 不认识，只能用 {'、'.join(sorted(WORDS))}")
        return self


class Rule(_Part):
    """一条规定：按先后的几步。"""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,29}$", description="英文名，定了就不要改")]
    steps: tuple[Step, ...] = Field(min_length=1, description="按先后的步骤")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [step.day for step in self.steps]
        if days != sorted(set(days)):
            raise ValueError(f"{self.key}：每一步的 day 要比前一步大")
        if any(step.then for step in self.steps[:-1]):
            raise ValueError(f"{self.key}：then 只能写在最后一步")
        return self

    @property
    def speaks(self) -> bool:
        """Whether the merchant hears of it."""
        return any(step.merchant for step in self.steps)


class Waiting(Rule):
    """等着别人做事的时候：从进入这个状态、或商户最后一次动作起算。"""

    states: tuple[State, ...] = Field(min_length=1, description="哪些状态")
    card: Literal["checklist", "progress", "agreement"] = Field("progress", description="跟在文字后面的卡片")

    @model_validator(mode="after")
    def _fits_its_states(self) -> Self:
        first, last = self.steps[0], self.steps[-1]
        if first.day < 1:
            raise ValueError(f"{self.key}：等待从第 1 天算起")
        idle = [state for state in self.states if state not in NEXT_TO_ACT or state == State.DRAFT]
        if idle:
            raise ValueError(f"{self.key}：{idle[0]} 不用提醒任何人")
        if last.then and not set(self.states) <= set(_WHERE[last.then]):
            allowed = "、".join(_WHERE[last.then])
            raise ValueError(f"{self.key}：then: {last.then} 只能用在 {allowed}")
        if last.then and not any(step.merchant for step in self.steps[:-1]):
            raise ValueError(f"{self.key}：{last.then} 以前要有一步先告诉商户")
        return self


class Due(Rule):
    """答应了时间的时候：离到期日还有几天，或者过了几天。"""

    key: DeadlineKey = Field(description="哪一个时限：first_decision 或 payout")

    @model_validator(mode="after")
    def _only_reminds(self) -> Self:
        if self.steps[-1].then:
            raise ValueError(f"{self.key}：超时的申请不能由系统结束，去掉 then")
        return self


class Hours(_Part):
    """什么时候可以打扰人：工作日的这几个钟头，北京时间。"""

    start: int = Field(9, ge=0, le=23)
    end: int = Field(18, ge=1, le=24)

    @model_validator(mode="after")
    def _start_before_end(self) -> Self:
        if self.start >= self.end:
            raise ValueError("start 要早于 end")
        return self


class Policy(_Part):
    """提醒和超时的规定。"""

    hours: Hours = Hours()
    waiting: tuple[Waiting, ...] = ()
    deadlines: tuple[Due, ...] = ()

    @model_validator(mode="after")
    def _one_rule_each(self) -> Self:
        keys = [rule.key for rule in (*self.waiting, *self.deadlines)]
        states = [state for rule in self.waiting for state in rule.states]
        doubles = [name for name in (*keys, *states) if (*keys, *states).count(name) > 1]
        if doubles:
            raise ValueError(f"{doubles[0]} 写了两次，合并成一条")
        return self

    def waiting_in(self, state: State) -> Waiting | None:
        return next((rule for rule in self.waiting if state in rule.states), None)

    def of_deadline(self, key: str | None) -> Due | None:
        return next((rule for rule in self.deadlines if rule.key == key), None)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of notices that come from here."""
        return frozenset(kind_of(rule.key) for rule in (*self.waiting, *self.deadlines) if rule.speaks)


def kind_of(key: str) -> str:
    return f"reminder_{key}"


def load_policy(path: Path) -> Policy:
    try:
        return Policy.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ReminderFileError(f"{path}: 读不了这个文件（{error.strerror}）") from error
    except yaml.YAMLError as error:
        raise ReminderFileError(f"{path}: 不是正确的 YAML，请检查缩进和冒号（{error}）") from error
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise ReminderFileError(f"{path}: {where}：{problem['msg'].removeprefix('Value error, ')}") from error
