"""A WeChat that enforces its rules: own crypto, clock, quotas, error codes, three tries in five seconds, faults."""
