"""Where Peerloop keeps what it knows."""
