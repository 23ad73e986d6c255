"""A small client for Qwen models over the OpenAI-compatible wire, with nothing but Python's standard library."""

import contextlib
import http.client
import json
import socket
import threading
import time
from urllib.parse import urlsplit

from qwen_errors import QwenError, parse_json, service_error
from qwen_reply import StreamReader, read_frames, read_reply
from qwen_request import invalid, request_body

DEFAULT_LIMITS = {"connectMs": 30_000, "firstEventMs": 60_000, "idleMs": 60_000, "totalMs": 600_000}


class Call:
    """One call. `abort` may come from any thread, and at any time."""

    def __init__(self, options, call_options):
        self.options, self.call_options = options, call_options
        self.limits = {**DEFAULT_LIMITS, **options.get("timeouts", {}), **call_options.get("timeouts", {})}
        self.deadlines = {}
        self.aborted = threading.Event()
        self.connection = None
        self.request_id = None

    def abort(self):
        self.aborted.set()
        connection = self.connection
        if connection and connection.sock:
            try:
                # Wakes a thread that waits for bytes.
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def chat(self, request):
        """The finished response."""
        with self.errors_completed():
            self.start("firstEventMs")
            response = self.open(request_body(request, stream=False))
            text = b"".join(self.chunks(response)).decode("utf-8-sig", errors="replace")
            reply = read_reply(text, response.headers, request, response.status)
            return {**reply, **read_object(request, reply)}

    def stream(self, request):
        """Yields the events; then `reply` is the response."""
        with self.errors_completed():
            self.start("connectMs")
            self.start("firstEventMs")
            response = self.open(request_body(request, stream=True))
            self.deadlines.pop("connectMs", None)
            reader = StreamReader(response.headers, request)
            for event, data in read_frames(self.chunks(response)):
                for item in reader.read(event, data):
                    self.deadlines.pop("firstEventMs", None)
                    self.request_id = reader.id
                    yield item
                if reader.done:
                    break
            yield from reader.end()
            reply = reader.response()
            self.reply = {**reply, **read_object(request, reply)}

    @contextlib.contextmanager
    def errors_completed(self):
        """A gateway may repeat the key that it refused; and a stream that breaks off has told its id before."""
        try:
            yield
        except QwenError as error:
            key = self.options.get("apiKey")
            error.details["requestId"] = error.details.get("requestId") or self.request_id
            error.args = (str(error).replace(key, "[key]") if key else str(error),)
            raise

    def close(self):
        if self.connection:
            self.connection.close()

    def open(self, body):
        """Sends the request. Returns the response once its headers are there, if they say success."""
        self.start("totalMs")
        target = urlsplit(self.options["baseURL"].rstrip("/") + "/chat/completions")
        given = {"Authorization": f"Bearer {self.key()}", "Content-Type": "application/json"}
        # The names of headers are the same in any case, and those of the call win.
        headers = {
            name.lower(): value
            for source in (given, self.options.get("headers", {}), self.call_options.get("headers", {}))
            for name, value in source.items()
        }
        connect = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        self.connection = connect(target.hostname, target.port)
        self.wait(self.connection.connect)
        payload = json.dumps(body, ensure_ascii=False).encode()
        self.wait(lambda: self.connection.request("POST", target.path, payload, headers))
        response = self.wait(self.connection.getresponse)
        if not body.get("stream"):
            self.deadlines.pop("firstEventMs", None)
        if 200 <= response.status < 300:
            return response
        text = b"".join(self.chunks(response)).decode(errors="replace")
        raise service_error(parse_json(text), response.headers, response.status)

    def key(self):
        key = self.options.get("apiKey")
        if not key:
            hint = "Give apiKey, or set DASHSCOPE_API_KEY."
            raise QwenError("configuration", "There is no API key", field="apiKey", hint=hint)
        return key

    def chunks(self, response):
        while True:
            self.start("idleMs")
            chunk = self.wait(lambda: response.read1(65_536))
            if not chunk:
                return
            yield chunk

    def start(self, limit):
        self.deadlines[limit] = time.monotonic() + self.limits[limit] / 1000

    def wait(self, run):
        """Runs what waits for the network, until the first of the limits; names what went wrong."""
        limit, deadline = min(self.deadlines.items(), key=lambda entry: entry[1])
        left = deadline - time.monotonic()
        if self.connection.sock:
            self.connection.sock.settimeout(max(left, 0.001))
        else:
            self.connection.timeout = max(left, 0.001)
        try:
            if self.aborted.is_set():
                raise aborted()
            result = run()
        except socket.timeout as cause:
            retryable = limit != "totalMs"
            raise QwenError("timeout", f"{limit} has passed", timeout=limit, retryable=retryable) from cause
        except (OSError, http.client.HTTPException) as cause:
            if self.aborted.is_set():
                raise aborted() from cause
            raise QwenError("connection", "The connection broke", retryable=True) from cause
        if self.aborted.is_set():
            raise aborted()
        return result


def aborted():
    return QwenError("aborted", "The caller aborted the call")


def read_object(request, reply):
    """The text as JSON, when JSON was asked for."""
    if request.get("responseFormat", "text") == "text" or reply["toolCalls"]:
        return {}
    value = parse_json(reply["text"])
    if value is None:
        raise QwenError("invalid-response", "The reply is not the JSON that was asked for", text=reply["text"])
    return {"object": value}


def check_options(options):
    if "workspaceId" in options:
        raise invalid("workspaceId", "is nothing that this client can say; give the base URL of the workspace")
