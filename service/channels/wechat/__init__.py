"""The WeChat bridge: merchants write to the 公众号, or to 微信客服, and get the same assistant. Off unless it is set.

The public face: `service/app.py` makes the bridge, gives its notices to `service.notifications`, takes the router in,
and runs its threads beside the requests.
"""

from service.channels.wechat import menu
from service.channels.wechat.api import ApiError
from service.channels.wechat.bridge import WechatBridge, create_api, create_bridge
from service.channels.wechat.parts import Speech
from service.channels.wechat.routes import router
from service.channels.wechat.settings import SpeechSettings, WechatSettings, load_speech_settings, load_wechat_settings
from service.channels.wechat.speech import create_speech
from service.channels.wechat.wecom.routes import router as customer_service_router
from service.channels.wechat.wecom.settings import WecomSettings, load_wecom_settings

__all__ = [
    "ApiError",
    "Speech",
    "SpeechSettings",
    "WechatBridge",
    "WechatSettings",
    "WecomSettings",
    "create_api",
    "create_bridge",
    "create_speech",
    "customer_service_router",
    "load_speech_settings",
    "load_wechat_settings",
    "load_wecom_settings",
    "menu",
    "router",
]
