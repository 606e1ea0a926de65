"""`peerloop sandbox`: a local Slack, the bot against it, and weeks that people have lived."""
