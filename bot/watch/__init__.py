"""What an operator and their machines can see of a running Peerloop."""
