"""What can go wrong when somebody proves who they are."""

from service.platform.problems import Conflict, Invalid, RateLimited, ServiceUnavailable, Unauthenticated


class LoginRefused(Unauthenticated):
    code, title = "login_refused", "登录失败"
    detail = "用户名或密码不对，请核对后再试。"


class LoginLocked(RateLimited):
    code, title = "login_locked", "登录已暂停"
    detail = "连续输错次数太多，为了安全请15分钟后再试。"


class IdentityTokenRefused(Invalid):
    code, title = "identity_token_refused", "身份信息无效"
    detail = "页面带来的商户身份已失效，请刷新页面，或用商户号和手机号核实。"


class IdentityConflict(Conflict):
    code, title = "identity_conflict", "已核实为另一家商户"
    detail = "这个对话已核实为另一家商户，请开启新的对话再办理。"


class CodeRefused(Invalid):
    """The same for a wrong code, an old one, a used one, and a merchant that does not exist."""

    code, title = "code_refused", "验证码不对"
    detail = "验证码不对或已失效，请核对短信里最新的6位验证码，或重新获取。"


class CodeTooSoon(RateLimited):
    code, title = "code_too_soon", "请稍后再获取"
    detail = "验证码刚刚发出，请稍等一分钟再重新获取。"


class CodesOff(ServiceUnavailable):
    code, title = "codes_off", "短信核实未开通"
    detail = "短信核实暂未开通，请从已登录的商户页面打开本客服。"
