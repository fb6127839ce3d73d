"""What can go wrong when somebody proves who they are."""

from service.platform.problems import (
    Conflict,
    Invalid,
    NotFound,
    RateLimited,
    ServiceUnavailable,
    Unauthenticated,
)


class LoginRefused(Unauthenticated):
    code, title = "login_refused", "登录失败"
    detail = "用户名或密码不对，请核对后再试。"


class LoginLocked(RateLimited):
    code, title = "login_locked", "登录已暂停"
    detail = "连续输错次数太多，为了安全请15分钟后再试。"


class LoginSlowed(RateLimited):
    code, title = "login_slowed", "请稍等一分钟"
    detail = "这个账号近来输错次数较多，从新的地方登录，每分钟只能试一次。请一分钟后再试，或在平时的电脑上登录。"


class SecondFactorNeeded(Unauthenticated):
    """The password was right."""

    code, title = "second_factor_needed", "还差动态验证码"
    detail = "请打开手机上的验证器，输入现在显示的6位数字。"


class SecondFactorRefused(Unauthenticated):
    code, title = "second_factor_refused", "动态验证码不对"
    detail = "动态验证码不对，或者刚才已经用过。请等验证器换出新的6位数字再输；手机不在身边，可以用恢复码。"


class SecondFactorSet(Conflict):
    code, title = "second_factor_set", "已经绑定"
    detail = "您已经绑定了手机验证器。要换一部手机，请先解除绑定。"


class SecondFactorOff(Conflict):
    code, title = "second_factor_off", "没有启用"
    detail = "公司没有启用动态验证码，登录只要密码。"


class PasswordRefused(Invalid):
    code, title = "password_refused", "密码不对"
    detail = "现在的密码不对，请核对后再试。"


class PasswordWeak(Invalid):
    code, title = "password_weak", "密码不够安全"


class LoginTaken(Conflict):
    code, title = "login_taken", "账号已经有了"
    detail = "这个账号已经有人用了，请换一个。"


class LoginUnusable(Invalid):
    code, title = "login_unusable", "账号不能这样写"
    detail = "账号用2到40个小写字母、数字、点、横线或下划线，以字母或数字开头。"


class LastAdmin(Conflict):
    code, title = "last_admin", "至少要有一位管理员"
    detail = "这是最后一位管理员。请先让另一位同事当管理员，再改这一位。"


class OwnRole(Conflict):
    code, title = "own_role", "不能改自己的角色"
    detail = "自己的角色请让另一位管理员来改。"


class StaffUnknown(NotFound):
    detail = "没有找到这位同事，请刷新后再看。"


class MerchantGone(NotFound):
    detail = "没有找到这家商户，请刷新后再看。"


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
