"""Ages of registers: a confirmation is no change of rows."""

from datetime import UTC, datetime, timedelta

from desktop.stores.registers import RegisterAges

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def test_that_a_confirmation_makes_a_register_younger_but_not_another():
    ages, told = RegisterAges(), []
    ages.changed.connect(told.append)
    assert ages.put("assets", "v1", 10, AT)
    assert not ages.put("assets", "v1", 10, AT + timedelta(minutes=5))
    assert ages.put("assets", "v2", 10, AT + timedelta(minutes=9))
    age = ages.get("assets")
    assert age is not None and age.as_of == AT + timedelta(minutes=9)
    assert told == ["assets"] * 3 and ages.get("units") is None
