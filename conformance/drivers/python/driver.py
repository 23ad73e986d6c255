"""Makes qwen_client take part in the conformance suite: `npx qwire conformance --driver-command "python3 driver.py"`.

Reads one JSON object from each line of stdin and writes one on each line of stdout; ../../README.md has the protocol.
"""

import base64
import json
import os
import queue
import sys
import threading
import traceback

from qwen_client import Call, check_options
from qwen_errors import QwenError

ABLE = [
    "text", "streaming", "image-input", "tools", "parallel-tool-calls", "json-mode", "json-schema", "thinking",
    "web-search", "logprobs", "cancellation",
]  # fmt: skip

UNABLE = {
    "Films are not sent.": ["video-input"],
    "Sound is neither sent nor received.": ["audio-input", "audio-output"],
    "Documents are not sent.": ["document-input", "document-addresses"],
    "This wire does not return them.": ["search-sources"],
    "A reply carries one answer.": ["multiple-choices"],
    "It takes a base URL, and knows nothing of workspaces.": ["workspace-routing"],
    "It chats only.": ["embeddings", "embedding-options", "ocr", "translation"],
    "Not built.": ["partial", "cache-markers", "code-interpreter"],
}

HELLO = {
    "type": "hello",
    "protocol": 1,
    "name": "qwen-stdlib-python",
    "version": "1.0.0",
    "wireFormat": "openai-compatible",
    "supports": {
        **{key: True for key in ABLE},
        **{key: {"supported": False, "because": why} for why, keys in UNABLE.items() for key in keys},
    },
}

writing = threading.Lock()


def say(message):
    # Other threads may write too, and a line must stay whole.
    with writing:
        print(json.dumps(message), flush=True)


def perform(task, call, words):
    """The outcome: what a caller of the client sees."""
    events = []
    outcome = {"events": events} if task["operation"] == "stream" else {}
    try:
        check_options(task["client"])
        request = revive(task["request"])
        if task["operation"] == "chat":
            return {"ended": "completed", "response": call.chat(request)}
        if task["operation"] != "stream":
            raise QwenError("invalid-request", f"{task['operation']} is not built", field="operation")
        for event in call.stream(request):
            events.append(event)
            say({"type": "received", "id": task["id"]})
            if words.get() == "leave":
                call.abort()
                raise QwenError("aborted", "The caller left the stream", requestId=call.request_id)
        return {**outcome, "ended": "completed", "response": call.reply}
    except QwenError as error:
        ended = "cancelled" if error.kind == "aborted" else "failed"
        details = {"kind": error.kind, "message": str(error), **error.details}
        return {**outcome, "ended": ended, "error": {**details, "rendered": traceback.format_exc()}}
    except Exception as error:
        # Not an error of the client's own, so a crash in the eyes of its caller.
        details = {"kind": "crash", "message": repr(error), "rendered": traceback.format_exc()}
        return {**outcome, "ended": "failed", "error": details}
    finally:
        call.close()


def revive(value):
    """Bytes and numbers in the place of what JSON cannot hold."""
    if isinstance(value, list):
        return [revive(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$base64" in value:
        return base64.b64decode(value["$base64"])
    if "$number" in value:
        return float(value["$number"])
    return {key: revive(item) for key, item in value.items()}


def start(task, words):
    """Begins a call in a thread of its own, so that `abort` can be read meanwhile."""
    key = task["environment"].get("DASHSCOPE_API_KEY")
    options = {**({"apiKey": key} if key else {}), **task["client"]}
    call = Call(options, task["options"])
    if task["aborted"]:
        call.aborted.set()
    threading.Thread(
        target=lambda: say({"type": "outcome", "id": task["id"], "outcome": perform(task, call, words)}),
        daemon=True,
    ).start()
    return call


def main():
    say(HELLO)
    call, words = None, queue.Queue()
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "perform":
            words = queue.Queue()
            call = start(message, words)
        elif message["type"] == "abort":
            call.abort()
        else:
            words.put(message["type"])


if __name__ == "__main__":
    main()
