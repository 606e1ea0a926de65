"""Use cases: each is one function, one instant, one transaction."""
