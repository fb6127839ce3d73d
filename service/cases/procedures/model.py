"""What a procedure file may say: the schema behind `data/procedures/*.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from service.cases.reading.fields import FIELD_KEYS, LABELS, FieldKey
from service.cases.reading.kinds import KINDS, TITLES, DocumentKind

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Sentence = Annotated[str, Field(min_length=2, max_length=500)]

SubjectKind = Literal["terminal", "service", "transaction", "application"]
"""What a question lets the merchant choose from among what is the merchant's own."""
QuestionKind = Literal[
    "terminal", "service", "transaction", "application", "choice", "text", "amount", "date", "phone", "secure"
]
InputKind = Literal["text", "name", "id_number", "bank_card", "bank_name"]
Fact = Literal[
    "deposit_left_fen",
    "has_settlement_account",
    "terminal_kind",
    "bought_properly",
    "fees_owed_fen",
    "open_disputes",
    "unsettled_fen",
    "active_terminals",
    "open_applications",
    "filed_applications",
    "charged_fen",
    "same_day",
    "left_fen",
]
FactValue = int | str
Milestone = Literal["filed", "documents", "review", "agreement", "return", "payout", "done"]
DeadlineKey = Literal["first_decision", "payout"]
Effect = Literal["unbind_terminal", "stop_service", "close_account"]
WhoMay = Literal["verified_merchant", "verified_agent", "anyone"]
Team = Literal["review", "sales", "complaints"]
Ceiling = Literal["terminal_deposit", "agent_deposit", "service_charges", "transaction"]

SUBJECT_KINDS: frozenset[str] = frozenset(get_args(SubjectKind))
_SUBJECT_OF_CEILING: dict[Ceiling, SubjectKind | None] = {
    "terminal_deposit": "terminal",
    "agent_deposit": None,
    "service_charges": "service",
    "transaction": "transaction",
}


class Misfit(ValueError):
    """Parts of a file do not fit together; `near` is a value in the file that shows the place."""

    def __init__(self, message: str, *, near: str) -> None:
        super().__init__(message)
        self.near = near


class Part(BaseModel):
    """Unknown keys are mistakes: a typing error must not switch a rule off silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_FACTS = "；".join(
    (
        "合同和账户里的事实：deposit_left_fen 未退押金，分",
        "has_settlement_account 有登记的结算账户，1 或 0",
        "terminal_kind 机型：smart 智能、signature 电签、mobile 移动、classic 传统、speaker 音箱",
        "bought_properly 通过正规渠道办理，1 或 0",
        "fees_owed_fen 欠费，分",
        "open_disputes 未了结的争议，件",
        "unsettled_fen 未结算的钱，分",
        "active_terminals 还绑着的机器，台",
        "open_applications 别的在办申请，份",
        "filed_applications 提交过的申请，份",
        "charged_fen 这项服务扣过的钱，分",
        "same_day 这笔交易是今天的、还没结算，1 或 0",
        "left_fen 这笔交易还能退的钱，分",
    )
)


class Condition(Part):
    """条件：要么看前面某个问题的答案，要么看合同和账户里的事实。事实查不到时，条件不成立。"""

    answer: Code | None = Field(None, description="前面某个问题的 field")
    fact: Fact | None = Field(None, description=_FACTS)
    is_in: tuple[FactValue, ...] = Field((), alias="in", description="答案或事实是其中之一时成立")
    over: int | None = Field(None, description="事实的数值大于它时成立")
    at_most: int | None = Field(None, description="事实的数值不大于它时成立")

    @model_validator(mode="after")
    def _one_subject_one_test(self) -> Self:
        tests = [bool(self.is_in), self.over is not None, self.at_most is not None]
        if (self.answer is None) == (self.fact is None) or sum(tests) != 1 or (self.answer and not self.is_in):
            raise ValueError("条件要写成 {answer: 字段, in: [值]} 或 {fact: 事实}，事实再写 in、over、at_most 之一")
        return self


class Conditional(Part):
    """Something that is only there when all its conditions hold."""

    when: tuple[Condition, ...] = Field((), description="全部成立时才适用；不写表示总是适用")


class Choice(Conditional):
    """选项。"""

    value: Code = Field(description="存进申请单的值，定了就不要改")
    title: Annotated[str, Field(min_length=1, max_length=20)] = Field(description="商户看到的按钮文字")
    also: list[Annotated[str, Field(min_length=1, max_length=20)]] = Field(
        [], description="商户会用的其他说法；话里有其中一个，就算选了这一项"
    )
    turns_to: Code | None = Field(None, description="选了这一项就转去办另一项业务（写代号），同名的答案会带过去")


class SecureInput(Part):
    """安全表单里的一个输入框，内容加密保存，聊天和日志里都看不到。"""

    name: Code = Field(description="输入框的名字")
    label: Annotated[str, Field(min_length=1, max_length=20)] = Field(description="输入框前面的文字")
    kind: InputKind = Field(description="内容的种类，决定怎样检查")
    required: bool = Field(True, description="是否必填")
    placeholder: str = Field("", max_length=60, description="输入框里的示例文字")


class Question(Conditional):
    """问商户的一个问题，一次只问一个。"""

    field: Code = Field(description="英文字段名，定了就不要改")
    kind: QuestionKind = Field(description="答案的种类，决定怎样检查和怎样显示")
    label: Annotated[str, Field(min_length=1, max_length=20)] = Field(description="确认单上的名称")
    prompt: Sentence = Field(description="怎么问，一句话")
    example: str = Field(max_length=60, description="答案示例，答错时也会给商户看")
    choices: tuple[Choice, ...] = Field((), description="kind 为 choice 时的选项")
    optional: bool = Field(False, description="可以跳过的问题")
    min_length: int = Field(2, ge=1, description="kind 为 text 时最少几个字")
    max_length: int = Field(200, le=1000, description="kind 为 text 时最多几个字")
    with_deposit: bool = Field(False, description="kind 为 terminal 时，是否只能选还有押金的机器")
    nothing_there: str = Field(
        "", max_length=200, description="从商户名下选的问题：一样都没有该怎么说；kind 为 terminal 时可以不写"
    )
    inputs: tuple[SecureInput, ...] = Field((), description="kind 为 secure 时的输入框")
    same_holder: bool = Field(False, description="kind 为 secure 时，户名是否必须与商户登记名称一致")
    note: str = Field("", max_length=200, description="安全表单上的说明")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise Misfit(f"问题 {self.field}：kind 为 choice 时要有 choices，其他种类不能有", near=self.field)
        if (self.kind == "secure") != bool(self.inputs):
            raise Misfit(f"问题 {self.field}：kind 为 secure 时要有 inputs，其他种类不能有", near=self.field)
        if self.same_holder and not any(box.kind == "name" for box in self.inputs):
            raise Misfit(f"问题 {self.field}：same_holder 需要一个 kind 为 name 的输入框", near=self.field)
        if self.with_deposit and self.kind != "terminal":
            raise Misfit(f"问题 {self.field}：with_deposit 只用于 kind 为 terminal 的问题", near=self.field)
        if self.nothing_there and self.kind not in SUBJECT_KINDS:
            raise Misfit(f"问题 {self.field}：nothing_there 只用于从商户名下选的问题", near=self.field)
        if self.kind in SUBJECT_KINDS - {"terminal"} and bool(self.nothing_there) == self.optional:
            message = (
                f"问题 {self.field}：从商户名下选、又不能跳过的问题要写 nothing_there；能跳过的用 when 来决定问不问"
            )
            raise Misfit(message, near=self.field)
        return self


_KINDS = "、".join(f"{kind} {TITLES[kind]}" for kind in KINDS)
_FIELDS = "、".join(f"{key} {LABELS[key]}" for key in FIELD_KEYS)


class Reads(Part):
    """机器读这份材料时找什么；只用来预填和提醒审核员，从不替人决定。"""

    kinds: tuple[DocumentKind, ...] = Field(
        min_length=1, description=f"该是哪一种，几种都可以就都写上；明显是别的会提醒审核员：{_KINDS}"
    )
    fields: tuple[FieldKey, ...] = Field(
        (), description=f"上面该有什么；没读到、或与申请和登记的不一致会提醒审核员：{_FIELDS}"
    )


class Document(Conditional):
    """一份材料。"""

    key: Code = Field(description="英文名，定了就不要改")
    title: Annotated[str, Field(min_length=2, max_length=30)] = Field(description="材料名称")
    why: Sentence = Field(description="为什么需要它")
    how: Sentence = Field(description="怎么拍或从哪里取得")
    reads: Reads | None = Field(None, description="机器读这份材料时找什么；不写就只看有没有不该拍的")
    required: bool = Field(True, description="是否必须提供")
    on_request: bool = Field(False, description="只有审核员要求补充时才出现")


class Check(Conditional):
    """办理条件：由人判断，审核时连同合同条款一起显示；写了 before_filing 的，成立以前不能提交。"""

    key: Code = Field(description="英文名")
    title: Annotated[str, Field(min_length=2, max_length=20)] = Field(description="条件的名称，例如“费用已结清”")
    holds: Condition = Field(description="怎样算符合")
    clause: Literal["deposit", "channel", "fees", "dispute"] | None = Field(None, description="依据合同的哪一类条款")
    before_filing: str = Field("", max_length=300, description="不成立时对商户说的话；{value} 会换成现在的数")


class Step(Part):
    """进度条上的一步。"""

    key: Milestone = Field(description="里程碑，程序按它对应申请单的状态")
    title: Annotated[str, Field(min_length=2, max_length=12)] = Field(description="商户看到的步骤名")


class Deadline(Part):
    """本公司的服务时限。只写公司认可的数字。"""

    key: DeadlineKey = Field(description="first_decision（审核结果）或 payout（打款）")
    title: Annotated[str, Field(min_length=2, max_length=30)] = Field(description="时限的名称")
    working_days: int | None = Field(None, ge=1, le=60, description="工作日天数，等商户的时间不算")
    calendar_days: int | None = Field(None, ge=1, le=90, description="自然日天数（例如投诉），等商户的时间不算")

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.working_days is None) == (self.calendar_days is None):
            raise Misfit(f"时限 {self.key}：working_days 和 calendar_days 写其中一个", near=self.key)
        return self

    @property
    def days(self) -> int:
        return self.working_days or self.calendar_days or 1


class Agreement(Part):
    """审核通过后请商户确认金额和账户。"""

    required: bool = Field(description="是否需要商户确认后才打款")
    terms: tuple[Sentence, ...] = Field((), description="确认时列出的条款，一句一条")


class Payout(Part):
    """退款金额从哪来，打到哪里。"""

    ceiling: Ceiling = Field(
        description="金额上限：terminal_deposit 该机器未退的押金；agent_deposit 代理合同的押金；"
        "service_charges 该项服务扣过的钱；transaction 该笔交易减去已退的钱"
    )
    amount: Code | None = Field(None, description="商户说要退多少的 amount 问题；不写就是上限")
    when: tuple[Condition, ...] = Field((), description="成立时才退钱；不写表示总是退")
    route: Literal["account", "original"] = Field(
        "account", description="account 打到同名账户；original 按交易原路退回"
    )
    account_choice: Code | None = Field(None, description="route 为 account 时，选择收款账户的问题")
    on_file: Code | None = Field(None, description="表示登记结算账户的选项值")
    account_form: Code | None = Field(None, description="填写其他账户的安全表单问题")

    @model_validator(mode="after")
    def _fits_its_route(self) -> Self:
        named = [self.account_choice is not None, self.on_file is not None, self.account_form is not None]
        if any(named) != all(named) or (self.route == "account") != all(named):
            message = "payout：route 为 account 时写 account_choice、on_file、account_form 三项，original 时都不写"
            raise Misfit(message, near=self.ceiling)
        if self.route == "original" and self.ceiling != "transaction":
            raise Misfit("payout：只有 ceiling 为 transaction 时才能原路退回", near=self.ceiling)
        return self


class MachineReturn(Conditional):
    """机器要退回来：什么时候、怎么问快递单号。收件地址只从设置里来。"""

    before: Literal["payout", "closing"] = Field(description="payout 收到机器再打款；closing 打款以后、办完以前收机器")
    question: Question = Field(description="请商户填快递单号或交接情况的 text 问题")

    @model_validator(mode="after")
    def _asks_for_words(self) -> Self:
        if self.question.kind != "text":
            raise Misfit("machine_return.question 的 kind 要是 text", near=self.question.field)
        return self


class Source(Part):
    """依据。"""

    kind: Literal["seed", "rule", "company"] = Field(description="seed：原始文章；rule：法规；company：公司规定")
    name: Sentence = Field(description="哪篇文章、哪条规定")
    note: str = Field("", max_length=300, description="采用了什么、改正了什么")


class Outcomes(Part):
    """结果出来时对商户说的话。"""

    approved: Sentence = Field(description="审核通过")
    rejected: Sentence = Field(description="审核未通过，要包含怎样申诉")
    closed: Sentence = Field(description="办完")


class Procedure(Part):
    """一项业务：谁能办、问什么、要什么材料、怎么走、多久、怎么收尾。"""

    code: Code = Field(description="英文代号，与文件名相同")
    title: Annotated[str, Field(min_length=2, max_length=20)] = Field(description="业务名称")
    intent: Annotated[str, Field(min_length=2, max_length=20)] = Field(description="对应的意图名")
    summary: Sentence = Field(description="一两句话说明这项业务")
    who_may: WhoMay = Field(
        description="谁可以办：verified_merchant 核对过身份的商户；verified_agent 代理商；anyone 不用核对身份"
    )
    filing: Literal["review", "self_service"] = Field(
        "review", description="review 提交后由人审核；self_service 一步步带着商户自己办，答完就结束"
    )
    team: Team = Field("review", description="由谁处理：review 审核、sales 销售、complaints 投诉")
    questions: tuple[Question, ...] = Field(min_length=1, description="依次问的问题")
    checks: tuple[Check, ...] = Field((), description="办理条件")
    documents: tuple[Document, ...] = Field((), description="材料清单")
    declaration: Sentence | None = Field(None, description="提交前请商户确认的话，代替纸上签字；self_service 不写")
    steps: tuple[Step, ...] = Field(min_length=2, description="进度条的步骤，按先后")
    deadlines: tuple[Deadline, ...] = Field((), description="服务时限；self_service 不写")
    warnings: tuple[Sentence, ...] = Field(min_length=1, description="提醒，例如退款不收任何费用")
    agreement: Agreement | None = Field(None, description="打款前的确认；不退钱或按原路退回的业务可以不写")
    payout: Payout | None = Field(None, description="退款；不退钱的业务不写")
    machine_return: MachineReturn | None = Field(None, description="机器要退回时写")
    reply_required: bool = Field(False, description="审核通过时是否一定要写给商户的处理结果（例如投诉）")
    effects: tuple[Effect, ...] = Field(
        (), description="办成以后做什么：unbind_terminal 解除机器绑定；stop_service 停掉服务；close_account 关闭账户"
    )
    outcomes: Outcomes = Field(description="结果")
    sources: tuple[Source, ...] = Field(min_length=1, description="依据")

    @model_validator(mode="after")
    def _names_fit_together(self) -> Self:
        _refuse_doubles("问题", [question.field for question in self.questions])
        _refuse_doubles("材料", [document.key for document in self.documents])
        _refuse_doubles("步骤", [step.key for step in self.steps])
        _refuse_doubles("时限", [deadline.key for deadline in self.deadlines])
        _refuse_doubles("条件", [check.key for check in self.checks])
        earlier: dict[str, Question] = {}
        for question in self.questions:
            for condition in (*question.when, *(c for choice in question.choices for c in choice.when)):
                _refuse_unknown_answer(condition, earlier, f"问题 {question.field}")
            earlier[question.field] = question
        for where, part in self._later_parts():
            for condition in part:
                _refuse_unknown_answer(condition, earlier, where)
        self._check_filing()
        self._check_subject()
        self._check_payout(earlier)
        return self

    def _later_parts(self) -> Iterator[tuple[str, tuple[Condition, ...]]]:
        """Whatever may look at all answers."""
        yield from ((f"材料 {document.key}", document.when) for document in self.documents)
        yield from ((f"条件 {check.key}", (*check.when, check.holds)) for check in self.checks)
        if self.payout:
            yield "payout", self.payout.when
        if self.machine_return:
            yield "machine_return", self.machine_return.when

    def _check_filing(self) -> None:
        if self.filing == "review":
            if self.declaration is None or not self.deadline("first_decision"):
                raise Misfit("filing 为 review 时要写 declaration 和 first_decision 时限", near=self.code)
        elif self.declaration or self.deadlines or self.documents or self.payout or self.effects or self.machine_return:
            message = "filing 为 self_service 时不写 declaration、deadlines、documents、payout、effects、machine_return"
            raise Misfit(message, near=self.code)

    def _check_subject(self) -> None:
        subjects = [question.field for question in self.questions if question.kind in SUBJECT_KINDS]
        if len(subjects) > 1:
            raise Misfit(f"一项业务只能有一个选机器、服务、交易或申请的问题：{'、'.join(subjects)}", near=subjects[1])
        needed = {"unbind_terminal": "terminal", "stop_service": "service"}
        for effect in self.effects:
            if effect in needed and self.subject_kind != needed[effect]:
                raise Misfit(f"effects 里的 {effect} 需要一个 kind 为 {needed[effect]} 的问题", near=effect)
        if self.machine_return and self.subject_kind != "terminal":
            raise Misfit("machine_return 需要一个 kind 为 terminal 的问题", near=self.code)

    def _check_payout(self, questions: dict[str, Question]) -> None:
        terms = self.payout
        if terms is None:
            return
        if self.subject_kind != _SUBJECT_OF_CEILING[terms.ceiling]:
            raise Misfit(f"payout.ceiling 为 {terms.ceiling} 时，问题的种类要与它一致", near=terms.ceiling)
        amount = questions.get(terms.amount) if terms.amount else None
        if terms.amount and (amount is None or amount.kind != "amount"):
            raise Misfit("payout.amount 要是一个 amount 问题", near=terms.amount)
        if terms.route == "original":
            return
        if self.agreement is None:
            raise Misfit("打到账户的业务要写 agreement", near=self.code)
        choice = questions.get(terms.account_choice or "")
        if choice is None or terms.on_file not in {option.value for option in choice.choices}:
            raise Misfit("payout.account_choice 要是一个有 on_file 选项的 choice 问题", near=terms.account_choice or "")
        form = questions.get(terms.account_form or "")
        kinds = {box.kind for box in form.inputs} if form else set()
        if not {"name", "bank_name", "bank_card"} <= kinds or form is None or not form.same_holder:
            message = "payout.account_form 要是含户名、开户行、卡号的 secure 问题，并写 same_holder: true"
            raise Misfit(message, near=terms.account_form or "")

    @property
    def subject(self) -> Question | None:
        """The question by which the merchant says what the application is about."""
        return next((question for question in self.questions if question.kind in SUBJECT_KINDS), None)

    @property
    def subject_kind(self) -> SubjectKind | None:
        kind = self.subject.kind if self.subject else None
        return kind if kind in ("terminal", "service", "transaction", "application") else None

    def question(self, field: str) -> Question | None:
        return next((question for question in self.questions if question.field == field), None)

    def document(self, key: str) -> Document | None:
        return next((document for document in self.documents if document.key == key), None)

    def deadline(self, key: DeadlineKey) -> Deadline | None:
        return next((deadline for deadline in self.deadlines if deadline.key == key), None)


def _refuse_doubles(what: str, names: list[str]) -> None:
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise Misfit(f"{what}重复：{'、'.join(doubles)}", near=doubles[0])


def _refuse_unknown_answer(condition: Condition, earlier: dict[str, Question], where: str) -> None:
    if condition.answer is None:
        return
    question = earlier.get(condition.answer)
    if question is None:
        raise Misfit(f"{where}：条件里的 {condition.answer} 不是前面的问题", near=condition.answer)
    unknown = {str(value) for value in condition.is_in} - {choice.value for choice in question.choices}
    if unknown:
        raise Misfit(f"{where}：{condition.answer} 没有选项 {'、'.join(sorted(unknown))}", near=min(unknown))
