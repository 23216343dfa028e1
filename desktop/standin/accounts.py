"""Who may sign in to the stand-in, and the tokens that it has given out."""

import secrets
import time
from dataclasses import dataclass, field

TOKEN_LIFE_S = 1800
REFRESH_LIFE_S = 86_400
DEMO_PASSWORD = "demo-2026"


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: str
    role_name: str
    org_id: str = "org-binjiang"


PEOPLE = (
    Person("zhangmin", "张敏", "operator", "值班员"),
    Person("liweidong", "李卫东", "dispatcher", "调度员"),
    Person("chenjianhua", "陈建华", "duty_officer", "应急值班"),
    Person("wangzhiyuan", "王志远", "leader", "领导"),
    Person("zhouyan", "周岩", "admin", "管理员"),
)
MAY_NOT_ACT = ("leader",)


@dataclass
class _Grant:
    person: Person
    ends_s: float


@dataclass
class Accounts:
    """Tokens live in memory: a restarted stand-in knows nobody."""

    life_s: float = TOKEN_LIFE_S
    _access: dict[str, _Grant] = field(default_factory=dict)
    _refresh: dict[str, _Grant] = field(default_factory=dict)

    def sign_in(self, username: str, password: str) -> Person | None:
        person = next((p for p in PEOPLE if p.username == username), None)
        right = secrets.compare_digest(password.encode(), DEMO_PASSWORD.encode())
        return person if person is not None and right else None

    def grant(self, person: Person) -> tuple[str, str]:
        """Access token, refresh token."""
        access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        now = time.monotonic()
        self._access[access] = _Grant(person, now + self.life_s)
        self._refresh[refresh] = _Grant(person, now + REFRESH_LIFE_S)
        return access, refresh

    def person_of(self, access: str) -> Person | None:
        grant = self._access.get(access)
        return grant.person if grant and grant.ends_s > time.monotonic() else None

    def renew(self, refresh: str) -> Person | None:
        """A refresh token serves once."""
        grant = self._refresh.pop(refresh, None)
        return grant.person if grant and grant.ends_s > time.monotonic() else None

    def forget(self, access: str, refresh: str = "") -> None:
        self._access.pop(access, None)
        self._refresh.pop(refresh, None)

    def expire_all(self) -> None:
        """Ends every access token at once; for tests of a session that runs out."""
        self._access.clear()
