"""A local Slack: a strict fake of Slack's Web API, Socket Mode and HTTP delivery on loopback."""
