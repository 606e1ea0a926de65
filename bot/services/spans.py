"""Spans of working time, in words."""

from datetime import timedelta

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}
DAY = timedelta(hours=8)


def hours_of_work(span: timedelta) -> str:
    """One working hour, four working hours, two working days of eight hours each."""
    days, rest = divmod(span, DAY)
    if days and not rest:
        return "a working day" if days == 1 else f"{NUMBERS.get(days, str(days))} working days"
    hours = span // timedelta(hours=1)
    return f"{NUMBERS.get(hours, str(hours))} working hour{'' if hours == 1 else 's'}"
