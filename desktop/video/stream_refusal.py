"""Whether the server of a stream said no. libVLC only says that the stream has ended."""

import base64
from urllib.parse import unquote, urlsplit

REFUSALS = (401, 403, 404, 410)
_LIMIT_S = 1.0
_AV_ERRORS = {  # of av.error, for RTSP too
    "HTTPUnauthorizedError": 401,
    "HTTPForbiddenError": 403,
    "HTTPNotFoundError": 404,
}


def http_refusal(url: str) -> int:
    """The status if it is one of REFUSALS, else 0. Blocks for 2 s at most; never raises."""
    import http.client  # seldom needed, and not small

    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    parts = urlsplit(url)
    kind = kinds.get(parts.scheme.lower())
    if kind is None:
        return 0
    headers = {}
    if parts.username is not None:
        account = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(account.encode()).decode()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=_LIMIT_S)
        try:
            connection.request("GET", target, headers=headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException):
        return 0
    return status if status in REFUSALS else 0


def av_refusal(error: Exception) -> int:
    """The same of what PyAV raised."""
    return _AV_ERRORS.get(type(error).__name__, 0)
