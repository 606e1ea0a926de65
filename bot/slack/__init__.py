"""Everything that knows Slack: the only importer of slack_bolt and slack_sdk."""
