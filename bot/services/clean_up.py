"""Forget what is past its retention."""

from storage.work import Work


def clean_up(work: Work) -> None:
    work.seen.forget_old()
    work.sending.forget_old()
    work.questions.forget_old()
    work.published.forget_old()
    work.exchanges.forget_old()
    work.contributions.forget_old()
    work.occasions.forget_old()
