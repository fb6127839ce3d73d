"""The WeChat bridge: merchants write to the 公众号 and get the same assistant. Off unless WECHAT_APP_ID is set.

The public face: `service/app.py` makes the bridge, gives its notices to `service.notifications`, takes the router in,
and runs the sender beside the requests.
"""

from service.channels.wechat import menu
from service.channels.wechat.api import ApiError
from service.channels.wechat.bridge import WechatBridge, create_api, create_bridge
from service.channels.wechat.parts import Speech
from service.channels.wechat.routes import router
from service.channels.wechat.settings import SpeechSettings, WechatSettings, load_speech_settings, load_wechat_settings
from service.channels.wechat.speech import create_speech

__all__ = [
    "ApiError",
    "Speech",
    "SpeechSettings",
    "WechatBridge",
    "WechatSettings",
    "create_api",
    "create_bridge",
    "create_speech",
    "load_speech_settings",
    "load_wechat_settings",
    "menu",
    "router",
]
