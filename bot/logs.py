"""Logs: one line for each thing that happened, with ids, never with what people wrote."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import structlog


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
        structlog.processors.format_exc_info,
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


def _plain_record(
    _logger: object, _name: str, event: structlog.types.EventDict
) -> structlog.types.EventDict:
    for internal in ("_record", "_from_structlog"):
        event.pop(internal, None)
    return event
