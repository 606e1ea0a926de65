"""What tests use to act on a local Slack from outside: over HTTP and over a WebSocket."""

import json
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]
BOT = {"Authorization": "Bearer xoxb-sandbox"}
APP = {"Authorization": "Bearer xapp-sandbox"}


class Answer:
    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self) -> Json:
        return dict(json.loads(self.body))


def send(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    request = urllib.request.Request(url, data=body, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


class Hands:
    """One local Slack, driven by its addresses only."""

    def __init__(self, url: str) -> None:
        self.url = url

    def do(self, name: str, /, **body: Any) -> Json:
        answer = self.try_to(name, **body)
        assert answer["ok"], answer
        return answer

    def try_to(self, name: str, /, **body: Any) -> Json:
        return send(f"{self.url}/control/{name}", json.dumps(body).encode()).json

    def see(self, path: str) -> Json:
        answer = send(f"{self.url}/control/{path}").json
        assert answer["ok"], answer
        return answer

    def journal(self, kind: str, method: str = "") -> list[Json]:
        return list(self.see(f"journal?kind={kind}&method={method}")["entries"])

    def messages(self, channel: str, reader: str = "") -> list[Json]:
        path = f"messages/{channel.replace('#', '%23')}"
        return list(self.see(f"{path}?as={reader}" if reader else path)["messages"])

    def texts(self, channel: str, reader: str = "") -> list[str]:
        return [message["text"] for message in self.messages(channel, reader)]

    def call(self, method: str, **args: Any) -> Json:
        """As slack_sdk does: a form with JSON in its fields."""
        return self.raw(method, **args).json

    def raw(self, method: str, headers: dict[str, str] | None = None, **args: Any) -> Answer:
        fields = {
            name: json.dumps(value) if isinstance(value, (dict, list)) else value
            for name, value in args.items()
        }
        return send(f"{self.url}/api/{method}", urlencode(fields).encode(), headers or BOT)

    def good(self, method: str, **args: Any) -> Json:
        answer = self.call(method, **args)
        assert answer["ok"], answer
        return answer

    def respond(self, url: str, **body: Any) -> Answer:
        """By a response_url."""
        return send(url, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def post(self, channel: str = "C_DATA", text: str = "hello", **more: Any) -> str:
        return str(self.good("chat.postMessage", channel=channel, text=text, **more)["ts"])


Respond = Callable[[Json], Json | None]
SILENT: Json = {"silent": True}


class Listener:
    """A Socket Mode connection that acks as it is told and remembers what came."""

    def __init__(self, hands: Hands, respond: Respond = lambda envelope: None) -> None:
        opened = send(f"{hands.url}/api/apps.connections.open", b"", APP).json
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(connect(opened["url"]))
        self.respond = respond
        self.hello = json.loads(self.socket.recv(timeout=5))
        self.got: queue.Queue[Json] = queue.Queue()
        self.closed = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        try:
            for text in self.socket:
                self._take(json.loads(text))
        except ConnectionClosed:
            pass  # cut by the test
        self.closed.set()

    def _take(self, envelope: Json) -> None:
        """What is acked is remembered before: whoever waits for the ack looks at once."""
        payload = self.respond(envelope) if "envelope_id" in envelope else None
        self.got.put(envelope)
        if "envelope_id" in envelope and payload is not SILENT:
            ack: Json = {"envelope_id": envelope["envelope_id"]}
            self.socket.send(json.dumps(ack | ({"payload": payload} if payload else {})))

    def next(self, wait: float = 15.0) -> Json:
        return self.got.get(timeout=wait)

    def all(self) -> list[Json]:
        return [self.got.get_nowait() for _ in range(self.got.qsize())]

    def close(self) -> None:
        self._open.close()
        self._thread.join()


class Served:
    """A small HTTP server: a pretend bot, or the Request URL of an app."""

    def __init__(self, answer: Callable[[str, Json, bytes], tuple[int, Json | str]]) -> None:
        self.asked: list[tuple[str, Json, bytes]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.asked, answer))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def bodies(self) -> list[Json]:
        return [json.loads(body) for _, _, body in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(
    asked: list[tuple[str, Json, bytes]],
    answer: Callable[[str, Json, bytes], tuple[int, Json | str]],
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked.append((self.path, headers, body))
            status, said = answer(self.path, headers, body)
            plain = isinstance(said, str)
            raw = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if plain else "application/json")
            extra = {} if isinstance(said, str) else said.get("headers") or {}
            for name, value in extra.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler


def section(text: str = "hello") -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action_id: str = "go", value: str = "1", text: str = "Go") -> Json:
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "action_id": action_id, "value": value, "text": label}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def text_input(block_id: str = "question", **more: Any) -> Json:
    label = {"type": "plain_text", "text": "Question"}
    element = {"type": "plain_text_input", "action_id": "typed", **more.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": label, "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A form; what is given as None is left out."""
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks) or [text_input()],
        **more,
    }
    return {name: value for name, value in view.items() if value is not None}
