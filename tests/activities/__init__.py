"""Every kind of activity, by itself and against what all of them owe."""
