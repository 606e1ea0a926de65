"""The numbered faults: real processes that die at chosen places, judged by what Slack took in."""
