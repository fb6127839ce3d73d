"""微信客服 (WeCom), the second line to WeChat's users: a bell rings, messages are fetched, answers are sent."""
