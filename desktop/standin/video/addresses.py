"""Short-lived signed addresses: what a token opens, and until when."""

import hashlib
import hmac
import secrets
import time


class Tokens:
    """Signs for one run of the stand-in; a restart makes all earlier tokens void."""

    def __init__(self, lifetime_s: float = 60.0) -> None:
        self.lifetime_s = lifetime_s
        self._secret = secrets.token_bytes(32)

    def issue(self, camera_id: str, profile_id: str, lifetime_s: float | None = None) -> str:
        """Opens this stream for `lifetime_s`, else for the usual time."""
        life_s = self.lifetime_s if lifetime_s is None else lifetime_s
        until = f"{int(time.time() + life_s):x}"
        return f"{until}-{self._signature(camera_id, profile_id, until)}"

    def opens(self, token: str, camera_id: str, profile_id: str) -> bool:
        until, _, signature = token.partition("-")
        expected = self._signature(camera_id, profile_id, until)
        if not hmac.compare_digest(signature.encode(), expected.encode()):
            return False
        return int(until, 16) >= time.time()

    def _signature(self, camera_id: str, profile_id: str, until: str) -> str:
        message = f"{camera_id}\n{profile_id}\n{until}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:32]
