"""The composed page: nothing foreign, nothing inline, the vendored files as recorded."""

import hashlib
import re

import folium
import pytest
from folium.plugins import MarkerCluster

from desktop.errors import OperatorError
from views.city_map import documents as documents_of
from views.city_map import engine
from views.city_map.composing import city_map, compose, split_inline, vendor_pass
from views.city_map.documents import FOLDER, PAGE, page_documents

OPTIONS = {"palette": {"bg0": "#000000"}, "words": {"home": "</script><script>x"}}


def test_that_the_page_names_no_address_outside_its_own_scheme():
    documents = page_documents({"words": {}})
    page = documents[PAGE].body.decode()
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(links) >= 10
    for link in links:
        assert "//" not in link
        assert f"/{link}" in documents or link == "qwebchannel.js", link


def test_that_no_script_style_or_handler_stays_in_the_page():
    page = compose(OPTIONS)[PAGE].body.decode()
    assert re.findall(r"<script(?![^>]*src=)", page) == []
    assert "<style" not in page
    assert re.findall(r"\s(?:style|on\w+)=", page) == []


def test_that_a_word_cannot_end_the_script_it_stands_in():
    documents = compose(OPTIONS)
    assert "</script><script>x" not in documents["/page.js"].body.decode()
    assert documents[PAGE].body.decode().count("<script") == compose({"palette": {}, "words": {}})[
        PAGE
    ].body.decode().count("<script")


def test_that_the_page_is_composed_alike_every_time():
    assert compose(OPTIONS) == compose(OPTIONS)


def test_that_an_unknown_foreign_script_is_reported_and_left_out():
    city = city_map(OPTIONS)
    MarkerCluster().add_to(city)
    report = vendor_pass(city)
    assert [name for name, _ in report.unknown] == [
        "markerclusterjs",
        "markerclustercss",
        "markerclusterdefaultcss",
    ]
    assert "//cdn" not in city.get_root().render()
    assert vendor_pass(city_map(OPTIONS)).unknown == []


def test_that_the_vendor_pass_leaves_foliums_classes_alone():
    before = list(folium.Map.default_js)
    vendor_pass(city_map(OPTIONS))
    assert folium.Map.default_js == before


def test_that_inline_parts_are_moved_in_order():
    parts = split_inline(
        "<html><head><style>a{}</style><script>one()</script></head><body></body>"
        "<script>two()</script></html>"
    )
    assert parts["/page.js"].body == b"one()\ntwo()"
    assert parts["/page.css"].body == b"a{}"


def test_that_vendored_files_are_those_of_the_lock():
    rows = [
        line.split()
        for line in (FOLDER / "vendor.lock").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    recorded = {path.rpartition("/")[2]: digest for _, _, _, path, digest in rows}
    present = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (FOLDER / "vendor").iterdir()
    }
    assert present == recorded


def test_that_root_is_refused_on_a_real_platform_and_unboxed_on_the_standin(monkeypatch):
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
    with pytest.raises(OperatorError, match="root"):
        engine.prepare_environment(root=True, standin=False)
    engine.prepare_environment(root=True, standin=True)
    assert "--no-sandbox" in engine.os.environ["QTWEBENGINE_CHROMIUM_FLAGS"].split()


def test_that_an_ordinary_user_always_keeps_the_sandbox(monkeypatch):
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox")
    monkeypatch.setenv("QTWEBENGINE_DISABLE_SANDBOX", "1")
    monkeypatch.setenv("QTWEBENGINE_REMOTE_DEBUGGING", "9222")
    monkeypatch.setenv("QT_QUICK_BACKEND", "software")
    engine.prepare_environment(root=False, standin=True)
    flags = engine.os.environ["QTWEBENGINE_CHROMIUM_FLAGS"].split()
    assert "--disable-gpu" in flags
    assert "--no-sandbox" not in flags
    assert "QTWEBENGINE_DISABLE_SANDBOX" not in engine.os.environ
    assert "QTWEBENGINE_REMOTE_DEBUGGING" not in engine.os.environ


@pytest.mark.parametrize(
    "program",
    [
        "/no/such/program",
        "/bin/false",
        "/bin/true",
        "#!/bin/sh\necho '{\"a\": 1}'",
        "#!/bin/sh\nexec sleep 60",
    ],
    ids=["missing", "fails", "silent", "garbage", "hangs"],
)
def test_that_the_page_is_composed_here_where_no_other_process_does_it(
    tmp_path, monkeypatch, program
):
    expected = page_documents({"words": {"home": program}})
    if program.startswith("#!"):
        script = tmp_path / "program"
        script.write_text(program)
        script.chmod(0o700)
        program = str(script)
    documents_of._composed.cache_clear()
    monkeypatch.setattr(documents_of, "_COMPOSING_LIMIT_S", 0.5)
    monkeypatch.setattr(documents_of.sys, "executable", program)
    assert page_documents({"words": {"home": program}}).keys() == expected.keys()
