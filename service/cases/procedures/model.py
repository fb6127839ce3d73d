"""What a procedure file may say: the schema behind `data/procedures/*.yml`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Sentence = Annotated[str, Field(min_length=2, max_length=500)]

QuestionKind = Literal["terminal", "choice", "text", "amount", "date", "phone", "secure"]
InputKind = Literal["text", "name", "id_number", "bank_card", "bank_name"]
Fact = Literal["deposit_left_fen", "has_settlement_account"]
Milestone = Literal["filed", "documents", "review", "agreement", "payout", "done"]
DeadlineKey = Literal["first_decision", "payout"]
Effect = Literal["unbind_terminal"]


class Misfit(ValueError):
    """Parts of a file do not fit together; `near` is a value in the file that shows the place."""

    def __init__(self, message: str, *, near: str) -> None:
        super().__init__(message)
        self.near = near


class Part(BaseModel):
    """Unknown keys are mistakes: a typing error must not switch a rule off silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Part):
    """条件：二选一，要么看前面某个问题的答案，要么看合同里的事实。"""

    answer: Code | None = Field(None, description="前面某个问题的 field")
    is_in: tuple[str, ...] = Field((), alias="in", description="该问题的答案是其中之一时成立")
    fact: Fact | None = Field(
        None,
        description="合同事实：deposit_left_fen（未退押金，分）、has_settlement_account（有登记的结算账户，1 或 0）",
    )
    over: int | None = Field(None, description="事实的数值大于它时成立")

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        by_answer = self.answer is not None and self.is_in and self.fact is None and self.over is None
        by_fact = self.fact is not None and self.over is not None and self.answer is None and not self.is_in
        if not (by_answer or by_fact):
            raise ValueError("条件要写成 {answer: 字段, in: [值]} 或 {fact: 事实, over: 数值} 之一")
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
        return self


class Document(Conditional):
    """一份材料。"""

    key: Code = Field(description="英文名，定了就不要改")
    title: Annotated[str, Field(min_length=2, max_length=30)] = Field(description="材料名称")
    why: Sentence = Field(description="为什么需要它")
    how: Sentence = Field(description="怎么拍或从哪里取得")
    required: bool = Field(True, description="是否必须提供")
    on_request: bool = Field(False, description="只有审核员要求补充时才出现")


class Step(Part):
    """进度条上的一步。"""

    key: Milestone = Field(description="里程碑，程序按它对应申请单的状态")
    title: Annotated[str, Field(min_length=2, max_length=12)] = Field(description="商户看到的步骤名")


class Deadline(Part):
    """本公司的服务时限。只写公司认可的数字。"""

    key: DeadlineKey = Field(description="first_decision（审核结果）或 payout（打款）")
    title: Annotated[str, Field(min_length=2, max_length=30)] = Field(description="时限的名称")
    working_days: int = Field(ge=1, le=60, description="工作日天数，等商户的时间不算")


class Agreement(Part):
    """审核通过后请商户确认金额和账户。"""

    required: bool = Field(description="是否需要商户确认后才打款")
    terms: tuple[Sentence, ...] = Field((), description="确认时列出的条款，一句一条")


class Payout(Part):
    """退款金额从哪来，打到哪个账户。"""

    ceiling: Literal["terminal_deposit"] = Field(description="金额上限：terminal_deposit 是该机器未退的押金")
    account_choice: Code = Field(description="选择收款账户的问题")
    on_file: Code = Field(description="表示登记结算账户的选项值")
    account_form: Code = Field(description="填写其他账户的安全表单问题")


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
    who_may: Literal["verified_merchant"] = Field(description="谁可以办：verified_merchant 是核对过身份的商户")
    questions: tuple[Question, ...] = Field(min_length=1, description="依次问的问题")
    documents: tuple[Document, ...] = Field(description="材料清单")
    declaration: Sentence = Field(description="提交前请商户确认的话，代替纸上签字")
    steps: tuple[Step, ...] = Field(min_length=2, description="进度条的步骤，按先后")
    deadlines: tuple[Deadline, ...] = Field(min_length=1, description="服务时限")
    warnings: tuple[Sentence, ...] = Field(min_length=1, description="提醒，例如退款不收任何费用")
    agreement: Agreement = Field(description="打款前的确认")
    payout: Payout = Field(description="退款")
    effects: tuple[Effect, ...] = Field((), description="办成以后对机器做什么：unbind_terminal 解除绑定")
    outcomes: Outcomes = Field(description="结果")
    sources: tuple[Source, ...] = Field(min_length=1, description="依据")

    @model_validator(mode="after")
    def _names_fit_together(self) -> Self:
        _refuse_doubles("问题", [question.field for question in self.questions])
        _refuse_doubles("材料", [document.key for document in self.documents])
        _refuse_doubles("步骤", [step.key for step in self.steps])
        _refuse_doubles("时限", [deadline.key for deadline in self.deadlines])
        earlier: dict[str, Question] = {}
        for question in self.questions:
            for condition in (*question.when, *(c for choice in question.choices for c in choice.when)):
                _refuse_unknown_answer(condition, earlier, f"问题 {question.field}")
            earlier[question.field] = question
        for document in self.documents:
            for condition in document.when:
                _refuse_unknown_answer(condition, earlier, f"材料 {document.key}")
        self._check_payout(earlier)
        return self

    def _check_payout(self, questions: dict[str, Question]) -> None:
        choice = questions.get(self.payout.account_choice)
        if choice is None or self.payout.on_file not in {option.value for option in choice.choices}:
            raise Misfit("payout.account_choice 要是一个有 on_file 选项的 choice 问题", near=self.payout.account_choice)
        form = questions.get(self.payout.account_form)
        kinds = {box.kind for box in form.inputs} if form else set()
        if not {"name", "bank_name", "bank_card"} <= kinds or form is None or not form.same_holder:
            message = "payout.account_form 要是含户名、开户行、卡号的 secure 问题，并写 same_holder: true"
            raise Misfit(message, near=self.payout.account_form)

    def question(self, field: str) -> Question | None:
        return next((question for question in self.questions if question.field == field), None)

    def document(self, key: str) -> Document | None:
        return next((document for document in self.documents if document.key == key), None)

    def working_days(self, key: DeadlineKey) -> int | None:
        return next((deadline.working_days for deadline in self.deadlines if deadline.key == key), None)


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
    unknown = set(condition.is_in) - {choice.value for choice in question.choices}
    if unknown:
        raise Misfit(f"{where}：{condition.answer} 没有选项 {'、'.join(sorted(unknown))}", near=min(unknown))
