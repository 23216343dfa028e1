"""Who may sign in to the stand-in, and the tokens that it has given out."""

import hashlib
import logging
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

log = logging.getLogger(__name__)

TOKEN_LIFE_S = 1800
REFRESH_LIFE_S = 86_400
CONFIRMED_S = 300.0
"""How long a password that was entered again counts."""
DEMO_PASSWORD = "demo-2026"
SEAT_ID = "seat-1"
"""Of a desk that names no seat of its own."""


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
    Person("wangzhiyuan", "王志远", "leader", "领导", "org-city"),
    Person("zhouyan", "周岩", "admin", "管理员"),
)
SCREEN = Person("screen-1", "指挥大厅大屏", "wall", "大屏", "org-city")
"""Signs in by its token only."""
DEVICE_TOKEN = "demo-screen-2026"
UNLISTED = (SCREEN, Person("sunlihua", "孙丽华", "leader", "滨江区领导"))
"""Known, and not offered on the page of accounts: the leader of a district sees the district."""
MAY_NOT_ACT = ("leader", "wall")


class _Grant(msgspec.Struct, frozen=True):
    username: str
    ends_s: float  # seconds of the wall clock
    seat_id: str = SEAT_ID


@dataclass(frozen=True)
class Signed:
    """Who sits where. `confirmed`: the password was entered again at this seat not long ago."""

    person: Person
    seat_id: str
    confirmed: bool


class _Grants(msgspec.Struct):
    """By the token's hash."""

    access: dict[str, _Grant] = {}
    refresh: dict[str, _Grant] = {}
    confirmed: dict[str, float] = {}
    """`username|seat_id` -> until when, seconds of the wall clock."""


class Accounts:
    """Tokens given out; with a `path` they outlive a crash of the stand-in (hashes only)."""

    def __init__(self, path: Path | None = None, life_s: float = TOKEN_LIFE_S) -> None:
        self.life_s = life_s
        self._path = path
        self._grants = _read(path) if path is not None and path.exists() else _Grants()

    def sign_in(self, username: str, password: str) -> Person | None:
        person = _person(username) if username != SCREEN.username else None
        right = secrets.compare_digest(password.encode(), DEMO_PASSWORD.encode())
        return person if person is not None and right else None

    def sign_in_device(self, token: str) -> Person | None:
        right = secrets.compare_digest(token.encode(), DEVICE_TOKEN.encode())
        return SCREEN if right else None

    def grant(self, person: Person, seat_id: str = SEAT_ID) -> tuple[str, str]:
        """Access token, refresh token."""
        access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        now = time.time()
        self._grants.access[_mark(access)] = _Grant(person.username, now + self.life_s, seat_id)
        self._grants.refresh[_mark(refresh)] = _Grant(
            person.username, now + REFRESH_LIFE_S, seat_id
        )
        self._keep()
        return access, refresh

    def person_of(self, access: str) -> Person | None:
        return _holder(self._grants.access.get(_mark(access)))

    def signed(self, access: str) -> Signed | None:
        """The person behind the token, with the seat."""
        grant = self._grants.access.get(_mark(access))
        person = _holder(grant)
        if grant is None or person is None:
            return None
        until_s = self._grants.confirmed.get(_place(grant), 0.0)
        return Signed(person, grant.seat_id, until_s > time.time())

    def confirm(self, access: str) -> None:
        """The password was right once more: it counts for some minutes at this seat."""
        if (grant := self._grants.access.get(_mark(access))) is not None:
            self._grants.confirmed[_place(grant)] = time.time() + CONFIRMED_S
            self._keep()

    def renew(self, refresh: str) -> tuple[Person, str] | None:
        """A refresh token serves once; the seat stays."""
        grant = self._grants.refresh.pop(_mark(refresh), None)
        self._keep()
        person = _holder(grant)
        return (person, grant.seat_id) if grant is not None and person is not None else None

    def forget(self, access: str, refresh: str = "") -> None:
        grant = self._grants.access.pop(_mark(access), None)
        if grant is not None:
            self._grants.confirmed.pop(_place(grant), None)
        self._grants.refresh.pop(_mark(refresh), None)
        self._keep()

    def expire_all(self) -> None:
        """Ends every access token at once; for tests of a session that runs out."""
        self._grants.access.clear()
        self._keep()

    def _keep(self) -> None:
        """Drops what has run out and writes the rest."""
        now = time.time()
        for grants in (self._grants.access, self._grants.refresh):
            for mark in [m for m, grant in grants.items() if grant.ends_s <= now]:
                del grants[mark]
        ends = self._grants.confirmed
        self._grants.confirmed = {place: s for place, s in ends.items() if s > now}
        if self._path is not None:
            fresh = self._path.with_suffix(".new")
            fresh.touch(0o600)
            fresh.write_bytes(msgspec.json.encode(self._grants))
            os.replace(fresh, self._path)


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _place(grant: _Grant) -> str:
    return f"{grant.username}|{grant.seat_id}"


def _person(username: str) -> Person | None:
    return next((p for p in (*PEOPLE, *UNLISTED) if p.username == username), None)


def _holder(grant: _Grant | None) -> Person | None:
    return _person(grant.username) if grant and grant.ends_s > time.time() else None


def _read(path: Path) -> _Grants:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Grants)
    except (OSError, msgspec.DecodeError) as error:
        log.warning("%s cannot be read, everybody signs in again: %s", path, error)
        return _Grants()
