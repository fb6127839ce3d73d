"""What can go wrong with an application: one class per reason, each with a next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from service.cases.procedures.model import Procedure
from service.platform.problems import Conflict, Forbidden, Invalid, NotFound, Unauthenticated


class NoSuchApplication(NotFound):
    code, title = "not_found", "没有找到"
    detail = "没有找到这份申请，请核对申请单号。"


class NoSuchProcedure(NotFound):
    detail = "没有这项业务，请重新选择。"


class NoSuchQuestion(NotFound):
    detail = "这份申请里没有这个问题，请刷新后再试。"


class NoSuchDocument(NotFound):
    detail = "这份申请里没有这项材料，请刷新后再试。"


class AnswerRefused(Invalid):
    code, title = "answer_refused", "填写有误"


class WrongState(Conflict):
    code, title = "wrong_state", "现在不能这样做"
    detail = "申请的进度有变化，现在不能做这一步，请看最新的进度。"


class Duplicate(Conflict):
    code, title = "duplicate", "已有申请"

    def __init__(self, application_no: str) -> None:
        super().__init__(
            f"同一件事已经在办了，申请单号 {application_no}，不用重复提交。可以说“查进度”看看办到哪了。",
            errors=[{"application_no": application_no}],
        )


class DocumentsNotAccepted(Conflict):
    code, title = "documents_not_accepted", "材料还没审完"

    def __init__(self, titles: list[str]) -> None:
        super().__init__(f"还有材料没有通过：{'、'.join(titles)}。请先逐份审核，再通过申请。")


class NoAgreement(NotFound):
    detail = "这份申请还没有协议，审核通过后才会生成。"


class AgreementChanged(Conflict):
    code, title = "agreement_changed", "协议有更新"
    detail = "金额或账户有变化，协议已经更新。请打开最新的协议核对，再点同意。"


class AmountTooHigh(Invalid):
    code, title = "amount_too_high", "金额超过上限"
    detail = "退款金额不能超过还能退的钱，请核对。"


class DeductionTooHigh(Invalid):
    code, title = "deduction_too_high", "扣得超过价目表"

    def __init__(self, text: str, most: str) -> None:
        super().__init__(f"“{text}”按价目表最多扣 {most}，请核对金额，或换一项。")


class ReasonKnown(Conflict):
    code, title = "reason_known", "代号已经有了"
    detail = "这个代号已经有了（停用的也算），请换一个。"


class ReasonUnknown(NotFound):
    detail = "没有找到这一条，请刷新后再看。"


class LastReason(Conflict):
    code, title = "last_reason", "至少要留一条"
    detail = "这一类至少要留一条能用的原因，请先添加或启用另一条。"


class ReasonUnusable(Invalid):
    """Which part of it, by its name."""

    code, title = "reason_unusable", "填写有误"
    _SAYS: ClassVar[Mapping[str, str]] = {
        "code": "代号用小写字母开头，2到40个小写字母、数字或下划线。",
        "text": "文字要2到200个字。",
        "clause": "依据要4到200个字，写清是合同的哪一条，商户会看到。",
        "amount_fen": "金额要大于0；按实际情况扣的就空着。",
    }

    def __init__(self, field: str) -> None:
        super().__init__(self._SAYS[field], errors=[{"field": field, "detail": self._SAYS[field], "code": self.code}])


class ReasonMissing(Invalid):
    code, title = "reason_missing", "缺少原因"
    detail = "请写明原因，商户会看到。"


class ClaimedByOther(Conflict):
    code, title = "claimed", "已有人处理"

    def __init__(self, name: str) -> None:
        super().__init__(f"这份申请正由{name}处理，请换一份，或请负责人转交。")


class WrongParty(Conflict):
    code, title = "wrong_party", "不适用"

    def __init__(self, procedure: Procedure) -> None:
        super().__init__(wrong_party_sentence(procedure))


class NotIndependent(Forbidden):
    code, title = "not_independent", "需要另一位同事"
    detail = "这份投诉说的是您经手的申请，请另一位同事来处理。"


class NothingSealed(NotFound):
    detail = "这一项没有可以查看的加密内容。"


class NoSuchColleague(Invalid):
    code, title = "no_such_colleague", "请换一位同事"
    detail = "这位同事现在不能给意见，请另选一位审核员、出纳或主管。"


class OpinionOpen(Conflict):
    code, title = "opinion_open", "已经问过了"

    def __init__(self, name: str) -> None:
        super().__init__(f"已经请{name}看了，还没有回复，不用重复请。")


class NoSuchOpinion(NotFound):
    detail = "没有找到这条意见，请刷新后再试。"


class NotAsked(Forbidden):
    code, title = "not_asked", "问的不是您"

    def __init__(self, name: str) -> None:
        super().__init__(f"这条意见请的是{name}，由{name}来回复。您想说的可以写成备注。")


class AlreadyAnswered(Conflict):
    code, title = "already_answered", "已经回复过了"
    detail = "这条意见已经回复过了，想补充的话可以写成备注。"


class ViewNameTaken(Conflict):
    code, title = "view_name_taken", "名称已有"
    detail = "您已经有一个同名的视图了，请换个名称。"


class TooManyViews(Conflict):
    code, title = "too_many_views", "视图太多"
    detail = "您已经存了20个视图，请先删掉不用的，再存新的。"


class NoConversation(NotFound):
    detail = "这份申请没有可以看的对话。"


class FourEyes(Forbidden):
    code, title = "four_eyes", "需要另一位同事"
    detail = "这份申请是您审核通过的，这一步要由另一位同事来做。"


class NoticeUnknown(NotFound):
    detail = "没有这样的打款通知。"


class NoticeRefused(Unauthenticated):
    code, title = "notice_refused", "通知无法确认"
    detail = "通知的签名不对或已过期。"


class NotListable(Conflict):
    code, title = "not_listable", "不能列出"

    def __init__(self, refund_nos: Sequence[str]) -> None:
        super().__init__(f"这些打款现在不用人工打：{'、'.join(refund_nos)}。请刷新列表后重新选择。")


class NoAccount(Conflict):
    code, title = "no_account", "没有收款账户"
    detail = "没有可用的收款账户，请先补填收款账户。"


class TooManyDrafts(Conflict):
    code, title = "too_many_drafts", "未提交的申请太多"
    detail = "您有很多没提交的申请了，请先提交或撤回其中一些，再新开一份。"


class NothingUploaded(Conflict):
    code, title = "nothing_uploaded", "还没有上传"
    detail = "商户还没有上传这份材料，没有可以审的内容。"


def wrong_party_sentence(procedure: Procedure) -> str:
    """Why somebody known cannot have this procedure, and where to go instead."""
    if procedure.who_may == "verified_agent":
        return f"“{procedure.title}”只给签了代理合同的代理商办，您现在是商户身份。商户自己的业务可以直接告诉我。"
    return f"“{procedure.title}”要用商户的身份来办，您现在是代理商身份。请换用商户号核对身份，或者说“转人工”。"


class ReadBackMissing(Invalid):
    code, title = "read_back_missing", "还没有念给商户听"
    detail = "代商户提交前，请把填写的内容念给商户听，商户说对了再提交。"


class AgreementIsTheMerchants(Forbidden):
    """Nobody agrees in somebody else's place to a sum and an account."""

    code, title = "agreement_is_the_merchants", "要商户本人确认"
    detail = "退款金额和账户要商户本人确认，不能代为同意。请商户在对话里打开确认单。"
