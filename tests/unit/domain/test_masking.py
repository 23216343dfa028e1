"""What each role sees of each guarded class of data."""

import pytest

from desktop.domain.masking import (
    FIELDS,
    DataClass,
    Shown,
    as_seen,
    class_of,
    masked,
    row_as_seen,
    shown,
)
from desktop.domain.permissions import Action, Role, can

# Written out once more: a slip in the table must not be one in the test too.
_W, _M, _H = Shown.WHOLE, Shown.MASKED, Shown.HIDDEN
EXPECTED = {
    "owner_name": "wwwwm", "owner_phone": "mmmm-", "staff_name": "wwwww", "staff_phone": "mmmm-",
    "unit_phone": "mmmm-", "reporter_name": "mmmm-", "reporter_phone": "mmm--",
    "reporter_address": "mwwm-", "reporter_key": "mmmmm", "appeal_text": "wwww-",
    "whistleblower": "--m--", "identity_number": "--m--", "bank_account": "-----",
    "plate_number": "mwwm-", "home_address": "mmwm-", "minor_name": "-mm--",
    "minor_school": "-mm--", "casualty_name": "mmwm-", "medical_state": "-mwm-",
    "face_picture": "-----", "face_feature": "-----", "welfare_state": "-mm--",
    "religion_ethnicity": "-----", "case_evidence": "-mwm-", "police_position": "-mww-",
    "guarded_site": "-mww-", "pipe_coordinates": "mwwm-", "company_secret": "--mm-",
}  # fmt: skip
EXAMPLES = {
    "phone": "13812345678", "name": "赵福磊", "number": "110105199003071234",
    "address": "人民路 12 号 3 栋 402", "all": "左腿骨折",
}  # fmt: skip


def test_that_there_are_28_classes_and_each_is_written_down():
    assert len(DataClass) == 28 and {data.value for data in DataClass} == set(EXPECTED)


@pytest.mark.parametrize("data", DataClass, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_what_each_role_sees(data: DataClass, role: Role):
    mark = EXPECTED[data.value][tuple(Role).index(role)]
    assert shown(data, [role.value]) is {"w": _W, "m": _M, "-": _H}[mark]
    for example in EXAMPLES.values():
        seen = as_seen(data, example, [role.value])
        if mark == "w":
            assert seen == example
        elif mark == "m":
            assert seen != example and "*" in seen and example not in seen
        else:
            assert seen == ""


def test_that_an_unknown_role_sees_nothing_and_two_roles_see_the_more():
    assert shown(DataClass.STAFF_NAME, ["king"]) is Shown.HIDDEN
    assert shown(DataClass.MEDICAL_STATE, ["operator", "duty_officer"]) is Shown.WHOLE


def test_that_no_number_is_whole_for_anybody_before_it_is_revealed():
    for data in (DataClass.OWNER_PHONE, DataClass.STAFF_PHONE, DataClass.UNIT_PHONE):
        assert all(shown(data, [role.value]) is not Shown.WHOLE for role in Role)
        hidden = {role for role in Role if shown(data, [role.value]) is Shown.HIDDEN}
        assert not any(can(role.value, Action.PHONE_REVEAL) for role in hidden)


@pytest.mark.parametrize(
    ("data", "text", "cut"),
    [
        (DataClass.OWNER_PHONE, "13812345678", "138****5678"),
        (DataClass.OWNER_PHONE, "110", "****"),
        (DataClass.OWNER_PHONE, "138****5678", "138****5678"),
        (DataClass.REPORTER_NAME, "赵福磊", "赵**"),
        (DataClass.REPORTER_NAME, "赵", "赵*"),
        (DataClass.IDENTITY_NUMBER, "110105199003071234", "****1234"),
        (DataClass.IDENTITY_NUMBER, "1234", "****"),
        (DataClass.HOME_ADDRESS, "人民路 12 号 3 栋", "人民路****"),
        (DataClass.HOME_ADDRESS, "3 栋 402", "****"),
        (DataClass.MEDICAL_STATE, "骨折", "****"),
        (DataClass.MEDICAL_STATE, "", ""),
    ],
)
def test_how_a_value_is_cut(data, text, cut):
    assert masked(data, text) == cut


def test_that_a_row_is_cut_field_by_field_and_its_hidden_fields_are_gone():
    row = {"asset_id": "JG-1", "name": "井盖", "owner": {"name": "赵福磊", "phone": "13812345678"},
           "id_card": "110105199003071234",
           "extra": {"mobile": "13812345678", "note": "x"}}  # fmt: skip
    assert row_as_seen("assets", row, ["operator"]) == {
        "asset_id": "JG-1", "name": "井盖", "owner": {"name": "赵福磊", "phone": "138****5678"},
        "extra": {"mobile": "138****5678", "note": "x"},
    }  # fmt: skip
    admin = row_as_seen("assets", row, ["admin"])
    assert admin["owner"] == {"name": "赵**"}
    assert row["owner"]["phone"] == "13812345678"  # the row itself is not touched


def test_that_the_registers_private_fields_have_a_class():
    assert class_of("tickets", "reporter_key") is DataClass.REPORTER_KEY
    assert class_of("assets", "name") is None and class_of("duty", "name") is DataClass.STAFF_NAME
    assert all(fields for fields in FIELDS.values())
