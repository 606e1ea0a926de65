"""A local Slack: enough of the real one to build and try a bot against."""
