"""One module for each feature: translate what Slack sends, run a use case, answer."""
