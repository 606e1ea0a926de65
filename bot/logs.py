"""Logs: one line for each thing that happened, with ids, never with what people wrote."""

import errno
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import format_tb
from typing import Literal

import structlog

log = structlog.get_logger()


@contextmanager
def silenced() -> Iterator[None]:
    """Nothing is logged meanwhile: for what says everything in words of its own."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def configure(level: str, style: Literal["auto", "json", "plain"]) -> None:
    """Send our own logs and those of the libraries to standard error, in one form."""
    is_plain = style == "plain" or (style == "auto" and sys.stderr.isatty())
    last = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if is_plain
        else structlog.processors.JSONRenderer()
    )
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(without_values),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[_plain_record, last], foreign_pre_chain=shared
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("bot").setLevel(level)
    # some of these log whole messages at DEBUG, so they never get there
    for library in ("slack_sdk", "websockets", "sqlalchemy", "uvicorn"):
        logging.getLogger(library).setLevel(logging.WARNING)
    # and this one warns of every beat that comes while the last one is not done; /ready has its age
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # and Bolt warns of what it cannot handle by printing all of it
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)


def without_values(exc_info: structlog.typing.ExcInfo) -> str:
    """Where it was and of what kind: the message of an error may quote what somebody wrote."""
    told: list[str] = []
    error: BaseException | None = exc_info[1]
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        told.insert(0, "".join(format_tb(error.__traceback__)) + _kind(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhich led to\n".join(told)


def tell_of_threads() -> None:
    """A thread that dies is logged like all else; Python would print the message of its error."""
    threading.excepthook = _tell_of_thread


def _tell_of_thread(died: threading.ExceptHookArgs) -> None:
    if died.exc_value is not None and not isinstance(died.exc_value, SystemExit):
        name = died.thread.name if died.thread else None
        log.error("a thread died", thread=name, exc_info=died.exc_value)


def _kind(error: BaseException) -> str:
    """Its class, with the code that the system or the database gave it."""
    kind = type(error)
    by_name = (getattr(error, name, None) for name in ("sqlstate", "sqlite_errorname"))
    code = next(filter(None, by_name), errno.errorcode.get(getattr(error, "errno", None) or 0))
    return f"{kind.__module__}.{kind.__qualname__}" + (f" ({code})" if code else "")


def _plain_record(
    _logger: object, _name: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    for internal in ("_record", "_from_structlog"):
        event.pop(internal, None)
    return event
