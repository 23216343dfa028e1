"""Links: what they lead to, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.links import (
    AlarmLink,
    CameraLink,
    Link,
    LinkError,
    MapLink,
    ViewLink,
    link_text,
    parse_link,
)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("chengkan://alarm/al-01J2X.7", AlarmLink("al-01J2X.7")),
        ("CHENGKAN://camera/cam-0007", CameraLink("cam-0007")),
        ("chengkan:view/map", ViewLink("map")),
        ("alarm/a1", AlarmLink("a1")),
        (" camera/cam-0007/ ", CameraLink("cam-0007")),
        ("view/map", ViewLink("map")),
        ("map?lon=116.6&lat=28.9&zoom=15", MapLink(116.6, 28.9, 15.0)),
        ("chengkan://map/?lon=116.6&lat=28.9", MapLink(116.6, 28.9, 17.0)),
        ("chengkan://alarm/%E5%91%8A%E8%AD%A61", AlarmLink("告警1")),
    ],
)
def test_that_a_link_leads_to_its_thing(text: str, link: Link) -> None:
    assert parse_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "alarm", "alarm/", "moon/1", "http://alarm/1", "file:///etc/passwd",
        "alarm/../../etc", "alarm/a b", "alarm/<b>", "map", "map?lon=x&lat=1", "map?lon=1",
        "map?lon=181&lat=1", "map?lon=nan&lat=1", "map?lon=inf&lat=1", "map?lon=1&lat=1&zoom=99",
        "alarm/" + "a" * 600, "alarm/a\nb", "chengkan://", "chengkan://[::1/x", "view/\u202egnp",
    ],
)  # fmt: skip
def test_that_a_wrong_link_is_refused_in_one_line_that_names_the_forms(text: str) -> None:
    with pytest.raises(LinkError) as refusal:
        parse_link(text)
    said = refusal.value.operator_text
    assert len(said.splitlines()) == 1 and "chengkan://camera/" in said and len(said) < 400


@given(st.text(max_size=60))
def test_that_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        link = parse_link(text)
    except LinkError:
        return
    assert parse_link(link_text(link)) == link
