"""Reads what the OpenAI-compatible wire answers."""

import codecs
import json

from qwen_errors import QwenError, is_service_error, parse_json, service_error

FINISH_REASONS = {"stop": "stop", "length": "length", "tool_calls": "tool-calls", "content_filter": "content-filter"}

COUNTS = {
    "inputTokens": ("prompt_tokens",),
    "outputTokens": ("completion_tokens",),
    "totalTokens": ("total_tokens",),
    "cachedInputTokens": ("prompt_tokens_details", "cached_tokens"),
    "cacheCreationInputTokens": ("prompt_tokens_details", "cache_creation_input_tokens"),
    "cacheCreation5mInputTokens": ("prompt_tokens_details", "cache_creation", "ephemeral_5m_input_tokens"),
    "cacheCreation1hInputTokens": ("prompt_tokens_details", "cache_creation", "ephemeral_1h_input_tokens"),
    "inputTextTokens": ("prompt_tokens_details", "text_tokens"),
    "inputImageTokens": ("prompt_tokens_details", "image_tokens"),
    "inputVideoTokens": ("prompt_tokens_details", "video_tokens"),
    "inputAudioTokens": ("prompt_tokens_details", "audio_tokens"),
    "reasoningTokens": ("completion_tokens_details", "reasoning_tokens"),
    "outputTextTokens": ("completion_tokens_details", "text_tokens"),
    "outputAudioTokens": ("completion_tokens_details", "audio_tokens"),
}


def record(value):
    return value if isinstance(value, dict) else {}


def first(value):
    return record(value[0]) if isinstance(value, list) and value else None


def read_reply(text, headers, request, status=200):
    """The response that a whole body holds."""
    body = parse_json(text)
    if is_service_error(body):
        raise service_error(body, headers, status)
    choice = first(record(body).get("choices"))
    if choice is None or not choice.get("finish_reason"):
        raise QwenError("invalid-response", "The service answered with something that is no chat completion", status=status)
    message = record(choice.get("message"))
    calls = [read_call(call) for call in message.get("tool_calls") or []]
    return {
        **answer(message.get("content") or "", message.get("reasoning_content"), calls, choice["finish_reason"]),
        "usage": read_usage(body.get("usage")),
        "requestId": request_id(body, headers),
        "model": body.get("model") or request["model"],
        **read_logprobs(choice),
    }


def answer(text, reasoning, calls, finish_reason):
    parts = [{"type": "reasoning", "text": reasoning}] if reasoning else []
    parts += [{"type": "text", "text": text}] if text else []
    parts += [{"type": "tool-call", **call} for call in calls]
    is_text = all(part["type"] == "text" for part in parts)
    return {
        "text": text,
        "reasoning": reasoning or None,
        "toolCalls": calls,
        "message": {"role": "assistant", "content": text if is_text else parts},
        "finishReason": to_finish_reason(finish_reason, calls),
        "rawFinishReason": finish_reason,
        "sources": [],
        "warnings": [],
    }


def to_finish_reason(raw, calls):
    # A forced tool call ends with "stop" on this wire.
    return "tool-calls" if raw == "stop" and calls else FINISH_REASONS.get(raw, "other")


def read_call(call):
    function = record(record(call).get("function"))
    return finished_call(record(call).get("id") or "", function.get("name") or "", arguments_of(function))


def arguments_of(function):
    """The arguments' JSON text; some models send the value itself."""
    arguments = function.get("arguments")
    if isinstance(arguments, str) or arguments is None:
        return arguments or ""
    return json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))


def finished_call(call_id, name, arguments):
    if not name:
        raise QwenError("invalid-response", "The service sent a tool call without a name")
    call = {"id": call_id, "name": name, "arguments": arguments}
    parsed = parse_json(arguments)
    return call if parsed is None else {**call, "input": parsed}


def read_usage(usage):
    """What the service counted; what it left out stays out."""
    read = {}
    for name, path in COUNTS.items():
        value = record(usage)
        for member in path:
            value = record(value).get(member)
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            read[name] = value
    cache_type = record(record(usage).get("prompt_tokens_details")).get("cache_type")
    return {**read, "cacheType": cache_type} if cache_type else read


def read_logprobs(choice):
    content = record(choice.get("logprobs")).get("content")
    return {"logprobs": [read_logprob(entry) for entry in content]} if content else {}


def read_logprob(entry):
    read = {"token": entry["token"], "logprob": entry.get("logprob")}
    if entry.get("bytes") is not None:
        read["bytes"] = entry["bytes"]
    if entry.get("top_logprobs"):
        read["top"] = [read_logprob(other) for other in entry["top_logprobs"]]
    return read


def request_id(body, headers):
    return body.get("request_id") or (body.get("id") or "").replace("chatcmpl-", "", 1) or headers.get("x-request-id")


def read_frames(chunks):
    """The `(event, data)` of each server-sent event, from bytes that are cut anywhere."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    rest, event, data = "", "", []
    for chunk in chunks:
        text = rest + decoder.decode(chunk)
        # A CR at the end may be the first half of a CR LF.
        held = "\r" if text.endswith("\r") else ""
        lines = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        rest = lines.pop() + held
        for line in lines:
            if line == "":
                if data or event:
                    yield event, "\n".join(data)
                event, data = "", []
                continue
            event, data = read_line(line, event, data)
    if rest.strip("\r"):
        event, data = read_line(rest.strip("\r"), event, data)
    if data or event:
        yield event, "\n".join(data)


def read_line(line, event, data):
    name, _, value = line.partition(":")
    value = value[1:] if value.startswith(" ") else value
    if name == "data":
        return event, [*data, value]
    return (value.strip() if name == "event" else event), data


class StreamReader:
    """Turns the frames of one stream into events."""

    def __init__(self, headers, request):
        self.headers, self.request = headers, request
        self.started = self.done = False
        self.usage = self.finish_reason = self.id = self.model = None
        self.text = self.reasoning = ""
        self.logprobs, self.open_calls, self.calls = [], {}, []

    def read(self, event, data):
        if data == "[DONE]":
            self.done = True
            return
        if data == "" and event != "error":
            return
        body = parse_json(data)
        if event == "error" or is_service_error(body):
            raise service_error(body, self.headers)
        if not isinstance(body, dict):
            raise QwenError("invalid-response", "The stream brought a frame that is not JSON")
        if not isinstance(body.get("choices"), list):
            return
        if not self.started:
            self.started = True
            self.id, self.model = request_id(body, self.headers), body.get("model") or self.request["model"]
            yield {"type": "response-start", "requestId": self.id, "model": self.model}
        if body.get("usage"):
            self.usage = read_usage(body["usage"])
        yield from self.read_choice(first(body["choices"]) or {})

    def read_choice(self, choice):
        delta = record(choice.get("delta"))
        if delta.get("reasoning_content"):
            self.reasoning += delta["reasoning_content"]
            yield {"type": "reasoning-delta", "text": delta["reasoning_content"]}
        logprobs = read_logprobs(choice)
        if delta.get("content") or logprobs:
            self.text += delta.get("content") or ""
            self.logprobs += logprobs.get("logprobs", [])
            yield {"type": "text-delta", "text": delta.get("content") or "", **logprobs}
        for position, call in enumerate(delta.get("tool_calls") or []):
            yield from self.read_piece(call.get("index", position), call)
        if choice.get("finish_reason") and choice["finish_reason"] != "null":
            self.finish_reason = choice["finish_reason"]

    def read_piece(self, index, piece):
        function = record(piece.get("function"))
        call = self.open_calls.setdefault(index, {"id": "", "name": "", "arguments": "", "started": False})
        call["id"] = call["id"] or piece.get("id") or ""
        call["name"] = call["name"] or function.get("name") or ""
        arguments = arguments_of(function)
        call["arguments"] += arguments
        if not call["started"] and call["name"]:
            call["started"] = True
            yield {"type": "tool-call-start", "index": index, "id": call["id"], "name": call["name"]}
            arguments = call["arguments"]
        if call["started"] and arguments:
            yield {"type": "tool-call-delta", "index": index, "arguments": arguments}

    def end(self):
        if not self.finish_reason:
            raise QwenError("invalid-response", "The stream ended before the answer did", retryable=True)
        for index, call in self.open_calls.items():
            finished = finished_call(call["id"], call["name"], call["arguments"])
            self.calls.append(finished)
            yield {"type": "tool-call-end", "index": index, **finished}
        if self.usage is not None:
            yield {"type": "usage", "usage": self.usage}
        reason = to_finish_reason(self.finish_reason, self.calls)
        yield {"type": "finish", "finishReason": reason, "rawFinishReason": self.finish_reason}

    def response(self):
        return {
            **answer(self.text, self.reasoning, self.calls, self.finish_reason),
            "usage": self.usage or {},
            "requestId": self.id,
            "model": self.model,
            **({"logprobs": self.logprobs} if self.logprobs else {}),
        }
