"""Who sees what of private and guarded data: one table of 28 classes by role.

The negative list of a city's data exchange names what is not shared freely. A class is shown
whole, masked, or not at all; what may be revealed at all is asked of the platform one by one and
stands in the audit trail (Action.PHONE_REVEAL). Pure: screens ask `as_seen`, nobody decides alone.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, cast

from desktop.domain.assets import masked_phone
from desktop.domain.permissions import Role


class Shown(StrEnum):
    """From most to least."""

    WHOLE = "whole"
    MASKED = "masked"
    HIDDEN = "hidden"


class DataClass(StrEnum):
    """The 28 classes. The value stands in tests and in the documentation."""

    OWNER_NAME = "owner_name"
    OWNER_PHONE = "owner_phone"
    STAFF_NAME = "staff_name"
    STAFF_PHONE = "staff_phone"
    UNIT_PHONE = "unit_phone"
    REPORTER_NAME = "reporter_name"
    REPORTER_PHONE = "reporter_phone"
    REPORTER_ADDRESS = "reporter_address"
    REPORTER_KEY = "reporter_key"
    APPEAL_TEXT = "appeal_text"
    WHISTLEBLOWER = "whistleblower"
    IDENTITY_NUMBER = "identity_number"
    BANK_ACCOUNT = "bank_account"
    PLATE_NUMBER = "plate_number"
    HOME_ADDRESS = "home_address"
    MINOR_NAME = "minor_name"
    MINOR_SCHOOL = "minor_school"
    CASUALTY_NAME = "casualty_name"
    MEDICAL_STATE = "medical_state"
    FACE_PICTURE = "face_picture"
    FACE_FEATURE = "face_feature"
    WELFARE_STATE = "welfare_state"
    RELIGION_ETHNICITY = "religion_ethnicity"
    CASE_EVIDENCE = "case_evidence"
    POLICE_POSITION = "police_position"
    GUARDED_SITE = "guarded_site"
    PIPE_COORDINATES = "pipe_coordinates"
    COMPANY_SECRET = "company_secret"


class Cut(StrEnum):
    """How a masked value of a class is cut."""

    PHONE = "phone"  # 138****5678
    NAME = "name"  # 赵**
    NUMBER = "number"  # the last four stay
    ADDRESS = "address"  # up to the street
    ALL = "all"  # ****


# operator, dispatcher, duty officer, leader, administrator: w whole, m masked, - hidden.
_TABLE: dict[DataClass, tuple[str, Cut]] = {
    DataClass.OWNER_NAME: ("w w w w m", Cut.NAME),
    DataClass.OWNER_PHONE: ("m m m m -", Cut.PHONE),
    DataClass.STAFF_NAME: ("w w w w w", Cut.NAME),
    DataClass.STAFF_PHONE: ("m m m m -", Cut.PHONE),
    DataClass.UNIT_PHONE: ("m m m m -", Cut.PHONE),
    DataClass.REPORTER_NAME: ("m m m m -", Cut.NAME),
    DataClass.REPORTER_PHONE: ("m m m - -", Cut.PHONE),
    DataClass.REPORTER_ADDRESS: ("m w w m -", Cut.ADDRESS),
    DataClass.REPORTER_KEY: ("m m m m m", Cut.NUMBER),
    DataClass.APPEAL_TEXT: ("w w w w -", Cut.ALL),
    DataClass.WHISTLEBLOWER: ("- - m - -", Cut.NAME),
    DataClass.IDENTITY_NUMBER: ("- - m - -", Cut.NUMBER),
    DataClass.BANK_ACCOUNT: ("- - - - -", Cut.NUMBER),
    DataClass.PLATE_NUMBER: ("m w w m -", Cut.NUMBER),
    DataClass.HOME_ADDRESS: ("m m w m -", Cut.ADDRESS),
    DataClass.MINOR_NAME: ("- m m - -", Cut.NAME),
    DataClass.MINOR_SCHOOL: ("- m m - -", Cut.ALL),
    DataClass.CASUALTY_NAME: ("m m w m -", Cut.NAME),
    DataClass.MEDICAL_STATE: ("- m w m -", Cut.ALL),
    DataClass.FACE_PICTURE: ("- - - - -", Cut.ALL),
    DataClass.FACE_FEATURE: ("- - - - -", Cut.ALL),
    DataClass.WELFARE_STATE: ("- m m - -", Cut.ALL),
    DataClass.RELIGION_ETHNICITY: ("- - - - -", Cut.ALL),
    DataClass.CASE_EVIDENCE: ("- m w m -", Cut.ALL),
    DataClass.POLICE_POSITION: ("- m w w -", Cut.ALL),
    DataClass.GUARDED_SITE: ("- m w w -", Cut.ALL),
    DataClass.PIPE_COORDINATES: ("m w w m -", Cut.ALL),
    DataClass.COMPANY_SECRET: ("- - m m -", Cut.ALL),
}
_MARKS = {"w": Shown.WHOLE, "m": Shown.MASKED, "-": Shown.HIDDEN}
_ORDER = tuple(Shown)
_STREET_ENDS = ("路", "街", "巷", "道", "里", "村")
_COVER = "****"

# Fields of the registers' rows on the wire, nested ones with a dot.
FIELDS: dict[str, dict[str, DataClass]] = {
    "assets": {"owner.name": DataClass.OWNER_NAME, "owner.phone": DataClass.OWNER_PHONE},
    "duty": {"name": DataClass.STAFF_NAME, "phone": DataClass.STAFF_PHONE},
    "units": {"phone": DataClass.UNIT_PHONE},
    "tickets": {
        "text": DataClass.APPEAL_TEXT,
        "place": DataClass.REPORTER_ADDRESS,
        "reporter_key": DataClass.REPORTER_KEY,
        "reporter_name": DataClass.REPORTER_NAME,
        "reporter_phone": DataClass.REPORTER_PHONE,
    },
}
# Names that any register's row may carry beyond the contract: a platform that sends more than
# it should is no reason to show it.
_ANYWHERE: dict[str, DataClass] = {
    "id_number": DataClass.IDENTITY_NUMBER, "id_card": DataClass.IDENTITY_NUMBER,
    "bank_account": DataClass.BANK_ACCOUNT, "plate_number": DataClass.PLATE_NUMBER,
    "plate": DataClass.PLATE_NUMBER, "home_address": DataClass.HOME_ADDRESS,
    "minor_name": DataClass.MINOR_NAME, "school": DataClass.MINOR_SCHOOL,
    "casualty_name": DataClass.CASUALTY_NAME, "medical_state": DataClass.MEDICAL_STATE,
    "face_url": DataClass.FACE_PICTURE, "face_feature": DataClass.FACE_FEATURE,
    "welfare_state": DataClass.WELFARE_STATE, "ethnicity": DataClass.RELIGION_ETHNICITY,
    "religion": DataClass.RELIGION_ETHNICITY, "evidence": DataClass.CASE_EVIDENCE,
    "whistleblower": DataClass.WHISTLEBLOWER, "company_secret": DataClass.COMPANY_SECRET,
    "reporter_name": DataClass.REPORTER_NAME, "reporter_phone": DataClass.REPORTER_PHONE,
    "mobile": DataClass.UNIT_PHONE, "phone": DataClass.UNIT_PHONE,
    "police_position": DataClass.POLICE_POSITION, "guarded_site": DataClass.GUARDED_SITE,
    "pipe_coordinates": DataClass.PIPE_COORDINATES,
}  # fmt: skip


def shown(data: DataClass, roles: Iterable[str]) -> Shown:
    """The most that one of the roles may see; nothing for a role that is not known."""
    columns = {role.value: number for number, role in enumerate(Role)}
    marks = _TABLE[data][0].split()
    allowed = [_MARKS[marks[columns[role]]] for role in roles if role in columns]
    return min(allowed, key=_ORDER.index, default=Shown.HIDDEN)


def as_seen(data: DataClass, text: str, roles: Iterable[str]) -> str:
    """The value for the screen; empty when it is hidden."""
    how = shown(data, roles)
    if how is Shown.HIDDEN:
        return ""
    return text if how is Shown.WHOLE else masked(data, text)


def masked(data: DataClass, text: str) -> str:
    """Cut as its class wants; what is masked already stays as it is."""
    if not text or "*" in text:
        return text
    match _TABLE[data][1]:
        case Cut.PHONE:
            cut = masked_phone(text)
            return cut if cut != text else _COVER
        case Cut.NAME:
            return text[0] + "*" * max(1, len(text) - 1)
        case Cut.NUMBER:
            return _COVER + text[-4:] if len(text) >= 8 else _COVER
        case Cut.ADDRESS:
            return _to_the_street(text)
        case Cut.ALL:
            return _COVER


def _to_the_street(text: str) -> str:
    """`人民路 12 号 3 栋` -> `人民路****`: the first street's name stays, the house goes."""
    ends = [place for end in _STREET_ENDS if (place := text.find(end)) >= 0]
    return text[: min(ends) + 1] + _COVER if ends else _COVER


def class_of(register: str, field: str) -> DataClass | None:
    """None: everybody may see it."""
    known = FIELDS.get(register, {}).get(field)
    return known or _ANYWHERE.get(field.rpartition(".")[2])


def row_as_seen(register: str, row: Mapping[str, Any], roles: Iterable[str]) -> dict[str, Any]:
    """A row of a register for the screen; hidden fields are not in it."""
    return _seen(register, row, tuple(roles), "")


def _seen(
    register: str, row: Mapping[str, Any], roles: tuple[str, ...], path: str
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in row.items():
        data = class_of(register, path + name)
        if data is None:
            if isinstance(value, Mapping):
                inner = cast(Mapping[str, Any], value)
                made[name] = _seen(register, inner, roles, f"{path}{name}.")
            else:
                made[name] = value
        elif value is not None and shown(data, roles) is not Shown.HIDDEN:
            made[name] = as_seen(data, str(value), roles)
    return made
