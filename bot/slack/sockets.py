"""Socket Mode: several connections to Slack, each renewed before the old one goes."""

import logging
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from time import monotonic

import structlog
from slack_sdk import WebClient
from websockets.exceptions import WebSocketException

from bot.domain.outcomes import Later, Never, Unclear
from bot.slack.errors import attempt
from bot.slack.identity import NotConnected, no_socket
from bot.slack.session import Answer, Session

log = structlog.get_logger()

Trouble = Later | Never | Unclear

CONCURRENCY = 20
"""How many payloads are answered at the same time."""

LINGER_SECONDS = 3
"""How long a connection that Slack wants to end still takes in what may be under way."""

REST_SECONDS = 5
"""Between two openings in one place: Slack may send a connection away again at once."""

LONGEST_REST_SECONDS = 60
"""While connections cannot be opened; Slack lets us ask about once a minute."""

TOO_MANY = "too_many_websockets"


class Opener:
    """How a connection is opened."""

    def __init__(self, answer: Answer, app_token: str, client: WebClient) -> None:
        self._answer = answer
        self._token = app_token
        self._client = client

    def open(self, hands: Executor) -> Session | Trouble:
        url = attempt(self._address)
        if not isinstance(url, str):
            return url
        try:
            return Session(url, self._answer, hands)
        except (OSError, WebSocketException) as error:
            return Unclear(f"no connection ({type(error).__name__})")

    def _address(self) -> str:
        return str(self._client.apps_connections_open(app_token=self._token).get("url", ""))


class Line:
    """A place for a connection, kept filled from a thread of its own."""

    def __init__(self, opener: Opener, hands: Executor) -> None:
        self._opener = opener
        self._hands = hands
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._sessions: list[Session] = []
        self._opened_at = -float(LONGEST_REST_SECONDS)
        self._keeper = threading.Thread(target=self._keep, name="line", daemon=True)

    def open(self) -> Trouble | None:
        """Fill it now, or say why not."""
        self._opened_at = monotonic()
        session = self._opener.open(self._hands)
        if not isinstance(session, Session):
            return session
        with self._lock:
            is_wanted = not self._stopping.is_set()
            if is_wanted:
                self._sessions.append(session)
        if not is_wanted:
            session.end()
        return None

    def start(self) -> None:
        """Keep it filled from now on."""
        self._keeper.start()

    def is_open(self) -> bool:
        return any(session.is_open for session in self._sessions)

    def stop(self) -> None:
        with self._lock:
            self._stopping.set()
            sessions = list(self._sessions)
        for session in sessions:
            session.end()
        if self._keeper.is_alive():
            self._keeper.join()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            if not self._sessions:
                self._open_again("")
                continue
            newest = self._sessions[-1]
            newest.is_leaving.wait()
            self._open_again(newest.farewell)
            self._part_from(newest)

    def _open_again(self, farewell: str) -> None:
        """As soon as it can be had: one that just broke at once, one refused ever more slowly."""
        rest = float(LONGEST_REST_SECONDS if farewell == TOO_MANY else REST_SECONDS)
        weight = logging.INFO if self._has_broken() else logging.NOTSET
        self._stopping.wait(self._opened_at + rest - monotonic())
        while not self._stopping.is_set():
            trouble = self.open()
            if trouble is None:
                if weight:  # a renewal is no news
                    log.log(weight, "connected to slack again")
                return
            log.warning("one connection fewer", reason=trouble.reason)
            weight = logging.WARNING
            if isinstance(trouble, Later) and trouble.pause:
                rest = max(rest, trouble.pause.total_seconds())
            self._stopping.wait(rest)
            rest = min(2 * rest, LONGEST_REST_SECONDS)

    def _has_broken(self) -> bool:
        return bool(self._sessions) and not self._sessions[-1].is_open

    def _part_from(self, old: Session) -> None:
        old.linger(LINGER_SECONDS)
        old.end()
        with self._lock:
            self._sessions.remove(old)


class Sockets:
    """Several connections, so that there is one while another is made again; no address needed."""

    def __init__(
        self, answer: Answer, app_token: str, client: WebClient, *, connections: int
    ) -> None:
        opener = Opener(answer, app_token, client)
        self._hands = ThreadPoolExecutor(CONCURRENCY, thread_name_prefix="slack")
        self._lines = [Line(opener, self._hands) for _ in range(connections)]

    def start(self) -> None:
        """Returns with the first connection; the others follow. Raises NotConnected."""
        trouble = self._lines[0].open()
        if trouble:
            raise NotConnected(no_socket(trouble.reason))
        for line in self._lines:
            line.start()

    def is_connected(self) -> bool:
        return any(line.is_open() for line in self._lines)

    def stop(self) -> None:
        """Answer what is in hand, on all connections at the same time."""
        with ThreadPoolExecutor(len(self._lines)) as pool:
            list(pool.map(Line.stop, self._lines))
        self._hands.shutdown()
