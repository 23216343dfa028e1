"""The form of what is mirrored: a register of an older program is fetched anew."""

import msgspec

from desktop.link.register_specs import form_of


def _row(**fields: type) -> type[msgspec.Struct]:
    return msgspec.defstruct("Unit", list(fields.items()))


def test_that_another_type_of_a_field_is_another_form():
    assert form_of(1, (_row(shift=int),)) != form_of(1, (_row(shift=str),))
    assert form_of(1, (_row(shift=int),)) != form_of(1, (_row(shift=int, depot=str),))
    assert form_of(1, (_row(shift=int),)) != form_of(2, (_row(shift=int),))


def test_that_the_same_rows_are_the_same_form_in_each_start():
    """A fixed number: Python's own hash differs from start to start."""
    assert form_of(1, (_row(shift=int),)) == form_of(1, (_row(shift=int),)) == 1183175329
