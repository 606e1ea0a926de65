"""Features, from the keyboard to what colleagues read."""
