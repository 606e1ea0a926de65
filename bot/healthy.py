"""`python -m bot.healthy`: whether the bot on this machine serves, asked cheaply."""

import os
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

SECONDS = 3


def main() -> None:
    """Ends with 1 and the reason unless /health answers 200."""
    port = os.environ.get("PORT") or _from_file() or "3000"
    direct = build_opener(ProxyHandler({}))  # no proxy knows the way to this machine
    try:
        with direct.open(f"http://127.0.0.1:{port}/health", timeout=SECONDS):
            pass
    except OSError as error:  # HTTPError is one too
        raise SystemExit(f"Peerloop does not answer on port {port}: {error}") from None


def _from_file() -> str | None:
    """The port in .env: read only where there is one, for reading it takes ten times as long."""
    if not Path(".env").is_file():
        return None
    from bot import config  # noqa: PLC0415 - see above

    try:
        return str(config.load().port)
    except config.ConfigError as error:
        raise SystemExit(f"Peerloop's settings cannot be used: {error}") from None


if __name__ == "__main__":
    main()
