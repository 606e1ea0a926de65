"""`python -m sandbox`: a local Slack on its own."""

import argparse
import sys

from sandbox.server import LocalSlack

ABOUT = """A local Slack is listening on {url}
  SLACK_API_URL={url}/api/
  SLACK_BOT_TOKEN=xoxb-sandbox
  SLACK_APP_TOKEN=xapp-sandbox
  SLACK_SIGNING_SECRET=sandbox-signing-secret
"""


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--data", help="a company of your own, as YAML")
    parser.add_argument(
        "--manifest", help="the app's manifest; the one of this repository if left out"
    )
    parser.add_argument("--held", action="store_true", help="the clock moves only when moved")
    parser.add_argument("--start-at", help="where the clock starts, such as 2026-03-02T09:00:00Z")
    given = parser.parse_args(argv)
    slack = LocalSlack(
        given.port,
        data=given.data,
        manifest=given.manifest,
        held=given.held,
        start_at=given.start_at,
    )
    try:
        slack.run(announce)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        sys.stderr.write(f"Port {given.port} cannot be used: {error.strerror}.\n")
        return 1
    return 0


def announce(url: str) -> None:
    sys.stdout.write(ABOUT.format(url=url))
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
