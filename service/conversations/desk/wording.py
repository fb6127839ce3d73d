"""What merchants read when somebody comes, goes or is late. Plain and warm, and what happens next."""

from __future__ import annotations

WAITING = (
    "好的，已经帮您转人工，您排在第{position}位，轮到您时同事会直接在这里和您说话。"
    "等的时候也可以先跟我说，能办的我先办。"
)
WAITING_STILL = "您已经在排队了，现在排在第{position}位，轮到您时同事会直接在这里和您说话。等的时候我也可以先帮您办。"
SERVED = "客服{name}正在为您服务，请直接在这里说。"
OUTSIDE_HOURS = (
    "现在是下班时间（人工服务：{hours}），您的留言我已经记下。同事{opening}上班后会按顺序看，并在这里回复您。"
    "有什么要补充的，接着写就行；能办的我也可以先帮您办。"
)
WITHDRAWN = "好的，已经不排队了。需要找人时，随时说“转人工”。"

TAKEN = "客服{name}来了，接下来由TA为您服务。"
HANDED_BACK = "客服{name}先离开了，接下来由智能助手继续为您服务。需要时随时说“转人工”。"
TRANSFERRED = "客服{name}请了更合适的同事来帮您，已经说明了您的情况，请稍等一会儿。"
TOLD_LONGER = "让您久等了，同事们都在忙。您的位置一直保留着；等的时候也可以先跟我说，能办的我先帮您办。"
BACK_IN_QUEUE = "客服{name}暂时走不开，已经请其他同事接着帮您，您的位置排在前面，请稍等一会儿。"
IDLE = "好一会儿没收到您的消息，人工服务先到这里，由智能助手接着陪您。还需要人工，随时说“转人工”。"
LEFT = "这个微信绑定的商户变了，这段会话到这里结束。"

CLOSED = "这次服务就到这里。以后有事，随时在这里说一声，我们都在。"
RATE = "这次服务您满意吗？"
RATING_TITLES = {5: "5分 很满意", 4: "4分 满意", 3: "3分 一般", 2: "2分 不满意", 1: "1分 很不满意"}
THANKS = "收到，谢谢您的评价。"
SORRY = "收到，很抱歉没让您满意，我们会看这次服务的记录，把它做好。"
