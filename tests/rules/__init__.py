"""The architecture as checks that can fail."""
