"""`python -m bot.healthy`: whether the bot on this machine serves, asked cheaply."""

import os
import urllib.request

SECONDS = 3


def main() -> None:
    """Ends with 1 and the reason unless /health answers 200."""
    port = os.environ.get("PORT") or "3000"
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=SECONDS):
            pass
    except OSError as error:  # HTTPError is one too
        raise SystemExit(f"Peerloop does not answer on port {port}: {error}") from None


if __name__ == "__main__":
    main()
