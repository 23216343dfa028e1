"""What the operator set, and what may come out of a file."""

import pytest

from desktop.stores.preferences import Preferences


@pytest.fixture
def told():
    return []


@pytest.fixture
def preferences(told) -> Preferences:
    made = Preferences(text_scale_percent=110)
    made.changed.connect(told.append)
    return made


def test_that_the_administrators_value_stands_until_somebody_sets(preferences, told):
    assert preferences.get("text_scale_percent") == 110
    preferences.set("text_scale_percent", 130)
    assert preferences.get("text_scale_percent") == 130
    preferences.load({})
    assert preferences.get("text_scale_percent") == 110
    assert told == ["text_scale_percent", "text_scale_percent"]


def test_that_only_what_the_operator_sets_is_to_be_kept(preferences):
    wished = []
    preferences.wished.connect(wished.append)
    preferences.load({"theme": "light"})
    preferences.set("theme", "light")
    assert wished == []
    preferences.set("theme", "dark")
    assert wished == ["theme"]


@pytest.mark.parametrize(
    ("key", "value", "stands"),
    [
        ("text_scale_percent", 400, 150),
        ("text_scale_percent", "130", 110),
        ("text_scale_percent", True, 110),
        ("volume_percent", -3, 0),
        ("theme", "pink", "dark"),
        ("list_levels", "red", []),
    ],
)
def test_that_a_value_that_does_not_fit_breaks_nothing(preferences, key, value, stands):
    preferences.load({key: value, "of another version": 1})
    assert preferences.get(key) == stands


def test_that_a_key_that_nobody_declared_is_an_error(preferences):
    with pytest.raises(KeyError):
        preferences.set("text_size", 1)


def test_that_a_reader_hears_of_its_own_value_and_of_no_other(preferences):
    read = []
    preferences.follow("theme", lambda: read.append(preferences.get("theme")))
    preferences.set("text_scale_percent", 120)
    preferences.set("theme", "light")
    preferences.load({})
    assert read == ["dark", "light", "dark"]
