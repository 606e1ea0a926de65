"""When something will happen next, so that a moved clock can stop there."""

from datetime import datetime

from storage.work import Work


def upcoming(work: Work) -> dict[str, datetime]:
    """The earliest instant of each kind of thing that is going to happen."""
    instants = {
        "delivery": work.sending.next_due_at(),
        "question": work.questions.next_due_at(),
        "activity": work.activities.next_due_at(),
        "occasion": work.occasions.next_due_at(),
        "round": work.rounds.next_due_at(),
    }
    return {what: at for what, at in instants.items() if at}
