"""What a failed call means to its caller."""

import json
import re


class QwenError(Exception):
    """A failure, with what the service said of it. `kind` is one of the kinds that Qwire's core lists."""

    def __init__(self, kind, message, **details):
        super().__init__(message)
        self.kind = kind
        self.details = {"retryable": False, "hint": HINTS.get(kind), **details}


# Codes in small letters without punctuation, so that both wires' spellings meet in one row; then the kind, whether the
# same call may succeed later, and the status, where the code has one.
# See https://help.aliyun.com/zh/model-studio/error-code
MEANINGS = {
    "invalidapikey": ("authentication", False, 401),
    "accessdenied": ("permission-denied", False, 403),
    "accessdeniedunpurchased": ("permission-denied", False, 403),
    "modelaccessdenied": ("permission-denied", False, 403),
    "workspaceaccessdenied": ("permission-denied", False, 403),
    "modelnotfound": ("model-not-found", False, 404),
    "modelnotsupported": ("model-not-found", False, 404),
    "arrearage": ("billing", False, 400),
    "postpaidbilloverdue": ("billing", False, 429),
    "prepaidbilloverdue": ("billing", False, 429),
    "datainspectionfailed": ("content-filtered", False, 400),
    "allocationquotafreetieronly": ("quota-exhausted", False, 403),
    "limitrequests": ("rate-limited", True, 429),
    "limitburstrate": ("rate-limited", True, 429),
    "throttling": ("rate-limited", True, 429),
    "throttlingratequota": ("rate-limited", True, 429),
    "throttlingburstrate": ("rate-limited", True, 429),
    "internalerror": ("unavailable", True, 500),
    "internalerrortimeout": ("unavailable", True, 500),
    "modelunavailable": ("unavailable", True, 503),
}

HINTS = {
    "authentication": "Check that the key is whole and of this region.",
    "permission-denied": "Have the administrator grant this model to the key's workspace in the console.",
    "model-not-found": "Check the model's name, and that this region offers it.",
    "billing": "Pay what the account owes, or order the service.",
    "content-filtered": "Change the input: moderation stopped it.",
    "quota-exhausted": "Raise the quota, or wait until it is renewed.",
    "rate-limited": "Send less at a time.",
    "unavailable": "Try again later.",
    "invalid-request": "Change what the message names.",
    "invalid-response": "Ask again; should it stay, check that the base URL leads to the OpenAI-compatible wire.",
    "timeout": "Raise the limit, or use a stream.",
    "connection": "Check the network and the base URL.",
}


def meaning_of(code, status):
    """Kind, whether to try again, and the code's own status; by the code, and by the status where it is not known."""
    known = MEANINGS.get(re.sub(r"[^a-z\d]", "", (code or "").lower()))
    if known:
        return known
    if status == 401:
        return "authentication", False, None
    if status == 403:
        return "permission-denied", False, None
    if status == 429:
        return "rate-limited", True, None
    if status is None or status >= 500:
        return "unavailable", status is not None, None
    return "invalid-request", False, None


def service_error(body, headers, status=None):
    """The error that a body, or the frame of a stream, reports; in the wrapped envelope or in the flat one."""
    body = body if isinstance(body, dict) else {}
    inner = body["error"] if isinstance(body.get("error"), dict) else body
    code = inner.get("code") or inner.get("type")
    kind, retryable, own_status = meaning_of(code, status)
    message = inner.get("message") or f"The service answered with status {status}"
    request_id = body.get("request_id") or inner.get("request_id") or body.get("id") or ""
    return QwenError(
        kind,
        f"{message} [{code}]" if code else message,
        code=code,
        status=status or own_status,
        requestId=request_id.replace("chatcmpl-", "", 1) or headers.get("x-request-id"),
        retryable=retryable,
        field=inner.get("param") if kind == "invalid-request" else None,
    )


def is_service_error(body):
    """Whether a body is an error although the status says success."""
    if not isinstance(body, dict):
        return False
    return isinstance(body.get("error"), dict) or bool(body.get("code") and not body.get("choices"))


def parse_json(text):
    """The value, or `None` when the text is no JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None
