"""Modals: for each, how it is built and how it is read, side by side."""
