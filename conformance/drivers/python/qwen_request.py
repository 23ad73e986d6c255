"""Writes requests for the OpenAI-compatible wire. What the client cannot say is refused, not dropped."""

import base64

from qwen_errors import QwenError

PARAMETERS = {
    "temperature": "temperature",
    "topP": "top_p",
    "topK": "top_k",
    "maxTokens": "max_tokens",
    "seed": "seed",
    "stop": "stop",
    "presencePenalty": "presence_penalty",
    "repetitionPenalty": "repetition_penalty",
    "parallelToolCalls": "parallel_tool_calls",
}


def invalid(field, message):
    return QwenError("invalid-request", f"{field} {message}", field=field)


def request_body(request, stream):
    """The body of POST /chat/completions."""
    writers = {
        "model": lambda value: {"model": value},
        "messages": lambda value: {"messages": [write_message(*entry) for entry in enumerate(value)]},
        "tools": lambda value: {"tools": [write_tool(tool) for tool in value]} if value else {},
        "toolChoice": lambda value: {
            "tool_choice": value if isinstance(value, str) else {"type": "function", "function": value}
        },
        "responseFormat": write_format,
        "thinking": lambda value: write_switch("thinking", value, "enable_thinking", {"budget": "thinking_budget"}),
        "search": write_search,
        "logprobs": lambda value: write_switch("logprobs", value, "logprobs", {"top": "top_logprobs"}),
        "extra": lambda value: value,
        **{name: (lambda value, wire=wire: {wire: value}) for name, wire in PARAMETERS.items()},
    }
    body = {"stream": True, "stream_options": {"include_usage": True}} if stream else {}
    for member, value in request.items():
        if member not in writers:
            raise invalid(member, "is nothing that this client can say")
        body.update(writers[member](value))
    return body


def write_message(index, message):
    role, content = message["role"], message["content"]
    if role == "tool":
        return {"role": role, "content": join_text(index, content), "tool_call_id": message["toolCallId"]}
    if role == "assistant" and not isinstance(content, str):
        return write_assistant(index, message)
    check_members(message, ("role", "content"), f"messages[{index}]")
    is_text = isinstance(content, str) or all(part["type"] == "text" for part in content)
    if is_text or role != "user":
        return {"role": role, "content": join_text(index, content)}
    places = [f"messages[{index}].content[{position}]" for position in range(len(content))]
    return {"role": role, "content": [write_part(*entry) for entry in zip(content, places)]}


def write_assistant(index, message):
    check_members(message, ("role", "content"), f"messages[{index}]")
    written = {"role": "assistant", "content": ""}
    for position, part in enumerate(message["content"]):
        if part["type"] == "text":
            written["content"] += part["text"]
        elif part["type"] == "reasoning":
            written["reasoning_content"] = written.get("reasoning_content", "") + part["text"]
        elif part["type"] == "tool-call":
            function = {"name": part["name"], "arguments": part["arguments"]}
            call = {"id": part["id"], "type": "function", "function": function}
            written.setdefault("tool_calls", []).append(call)
        else:
            raise invalid(f"messages[{index}].content[{position}].type", "cannot stand in an answer")
    return written


def join_text(index, content):
    if isinstance(content, str):
        return content
    for position, part in enumerate(content):
        field = f"messages[{index}].content[{position}]"
        if part["type"] != "text":
            raise invalid(f"{field}.type", "must be text")
        check_members(part, ("type", "text"), field)
    return "".join(part["text"] for part in content)


def write_part(part, field):
    if part["type"] == "text":
        check_members(part, ("type", "text"), field)
        return {"type": "text", "text": part["text"]}
    if part["type"] != "image":
        raise invalid(f"{field}.type", "must be text or image: this client sends nothing else")
    check_members(part, ("type", "image", "mediaType", "minPixels", "maxPixels"), field)
    pixels = {"minPixels": "min_pixels", "maxPixels": "max_pixels"}
    limits = {wire: part[name] for name, wire in pixels.items() if name in part}
    return {"type": "image_url", "image_url": {"url": image_url(part, field)}, **limits}


def image_url(part, field):
    image = part["image"]
    if isinstance(image, str):
        return image
    if "mediaType" not in part and not image.startswith(b"\x89PNG"):
        raise invalid(f"{field}.mediaType", "is needed for these bytes")
    return f"data:{part.get('mediaType', 'image/png')};base64,{base64.b64encode(image).decode()}"


def write_tool(tool):
    return {"type": "function", "function": tool}


def write_format(value):
    if value in ("text", "json"):
        return {"response_format": {"type": "json_object" if value == "json" else "text"}}
    named = value if "schema" in value else {"schema": value}
    schema = {"name": "response", "strict": True, **named}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def write_search(value):
    written = write_switch("search", value, "enable_search", {"forced": "forced_search", "strategy": "search_strategy"})
    options = {name: written[name] for name in written if name != "enable_search"}
    return {"enable_search": written["enable_search"], **({"search_options": options} if options else {})}


def write_switch(field, value, name, members):
    """`true`, `false`, or an object of options that switches it on."""
    if isinstance(value, bool):
        return {name: value}
    check_members(value, members, field)
    return {name: True, **{wire: value[member] for member, wire in members.items() if member in value}}


def check_members(value, known, field):
    for member in value:
        if member not in known:
            raise invalid(f"{field}.{member}", "is nothing that this client can say")
