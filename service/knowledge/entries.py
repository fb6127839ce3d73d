"""What an entry of `data/knowledge` consists of: facts that may be told, and claims that must not be repeated."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Status = Literal["confirmed", "unconfirmed", "rejected"]

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,59}$")]
Sentence = Annotated[str, Field(min_length=2, max_length=300)]
Phrases = Annotated[tuple[Annotated[str, Field(min_length=2, max_length=80)], ...], Field(min_length=1)]

Expressions = Annotated[tuple[Annotated[str, Field(min_length=2, max_length=200)], ...], Field(min_length=1)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """依据。"""

    kind: Literal["seed", "rule", "company", "practice"] = Field(
        description="seed：原始文章；rule：法规；company：公司规定或本服务的做法；practice：通行做法、安全常识"
    )
    name: Annotated[str, Field(min_length=2, max_length=200)] = Field(description="哪篇文章、哪条规定")
    note: str = Field("", max_length=300, description="采用了什么、改正了什么")


class Entry(Part):
    id: Id = Field(description="代号，全库唯一，只用小写英文字母、数字和下划线")
    asked: Phrases = Field(description="商户会怎么问，几种说法；只用来搜索，不用来训练")
    reviewed_on: date = Field(description="最近一次核对的日期")
    source: Source = Field(description="依据")


class Fact(Entry):
    """一条知识：先给一句实在的短答案，再给细节。"""

    status: Literal["confirmed", "unconfirmed"] = Field(
        description="confirmed 已确认，可以告诉商户；unconfirmed 待公司确认，不告诉商户"
    )
    answer: Sentence = Field(
        description="短答案，一两句；{contacts} 会换成确认过的联系方式，{complaints} 会换成确认过的投诉渠道"
    )
    details: tuple[Sentence, ...] = Field((), description="商户点“详细说说”才看到的细节，一句一条")
    procedure: str | None = Field(description="适合接着办的业务代号，没有写 null")


class Claim(Entry):
    """一种不采用的说法：谁问起，就用 instead 指的那一条来回答。"""

    status: Literal["rejected"] = Field(description="rejected 不采用")
    claim: Sentence = Field(description="原来的说法")
    reason: Sentence = Field(description="为什么不采用，给工作人员看")
    instead: Id = Field(description="用来回答的那一条的代号，必须是 confirmed")
    never: Expressions = Field(description="绝不能出现在回答里的话，每条是一个正则表达式；测试用它来核对")

    @field_validator("never")
    @classmethod
    def _are_expressions(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for expression in value:
            try:
                re.compile(expression)
            except re.error as error:
                raise ValueError(f"“{expression}”不是正确的正则表达式") from error
        return value


class TopicFile(Part):
    """一个话题的全部条目；第一条是这个话题的总回答，别的都不合适时用它。"""

    topic: Annotated[str, Field(min_length=2, max_length=20)] = Field(description="意图“常见问题/…”里斜线后面的部分")
    entries: Annotated[tuple[Annotated[Fact | Claim, Field(discriminator="status")], ...], Field(min_length=1)] = Field(
        description="这个话题的条目，第一条必须是 confirmed"
    )
