"""Which words of a stream's server are a refusal, after which nobody should press it."""

REFUSALS = (401, 403, 404, 410)
_AV_ERRORS = {  # of av.error, for RTSP too
    "HTTPUnauthorizedError": 401,
    "HTTPForbiddenError": 403,
    "HTTPNotFoundError": 404,
}


def av_refusal(error: Exception) -> int:
    """The status behind what PyAV raised; 0 if it is none of REFUSALS."""
    return _AV_ERRORS.get(type(error).__name__, 0)
