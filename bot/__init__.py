"""Peerloop: social learning in the flow of work."""
