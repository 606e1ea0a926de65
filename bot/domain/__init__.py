"""What Peerloop decides: pure functions over frozen dataclasses."""
