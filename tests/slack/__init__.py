"""The side that faces Slack: what it reads, refuses and renders."""
