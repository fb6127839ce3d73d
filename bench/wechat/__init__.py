"""The WeChat bridge under load and in a storm, measured with the emulator of tests/wechat."""
