"""Private numbers, shown whole only to who may see them in lists."""

from typing import TypeVar

import msgspec

from desktop.domain.permissions import Action, can

_Row = TypeVar("_Row", bound=msgspec.Struct)


def masked(phone: str) -> str:
    """138****5678; what is too short to be a mobile number shows nothing of itself."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "****"


def sees_numbers(role: str) -> bool:
    """Whether lists show this role whole numbers; others ask for one at a time, or not at all."""
    return can(role, Action.PHONE_REVEAL_BULK)


def for_role(row: _Row, role: str) -> _Row:
    """The row with its `phone` as the role may see it."""
    if sees_numbers(role):
        return row
    return msgspec.structs.replace(row, phone=masked(row.phone))  # type: ignore[attr-defined]
