"""The import rules hold, and each of them turns red on a planted breach."""

import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pytest_archon import archrule
from pytest_archon.failure import pop_failures

from tests.tree import ROOT, copy_sources, plant

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]

# contract id -> (file, its text, the edge that the report must name)
BREACHES = {
    "station-layers": (
        "widgets/planted_layer.py",
        "import desktop.context\n",
        "widgets.planted_layer -> desktop.context",
    ),
    "link-layers": (
        "desktop/feeds/planted_layer.py",
        "import desktop.link\n",
        "desktop.feeds.planted_layer -> desktop.link",
    ),
    "no-io-in-views": (
        "views/alarm_desk/planted_io.py",
        "import httpx\n",
        "views.alarm_desk.planted_io -> httpx",
    ),
    "widgets-know-no-store": (
        "widgets/planted_store.py",
        "from desktop.stores import keyed\n",
        "widgets.planted_store -> desktop.stores.keyed",
    ),
    "station-knows-no-link": (
        "desktop/commands/planted_link.py",
        "import desktop.link\n",
        "desktop.commands.planted_link -> desktop.link",
    ),
    "standin-stands-alone": (
        "desktop/standin/planted_feeds.py",
        "import desktop.feeds\n",
        "desktop.standin.planted_feeds -> desktop.feeds",
    ),
    "domain-is-pure": (
        "desktop/domain/planted_qt.py",
        "import PySide6\n",
        "desktop.domain.planted_qt -> PySide6",
    ),
    "no-qt-outside-the-station": (
        "local_db/planted_qt.py",
        "from PySide6 import QtCore\n",
        "local_db.planted_qt -> PySide6",
    ),
    "views-are-independent": (
        "views/city_map/planted_peer.py",
        "import views.alarm_desk\n",
        "views.city_map.planted_peer -> views.alarm_desk",
    ),
    "nobody-imports-tests": (
        "desktop/planted_tests.py",
        "import tests.tree\n",
        "desktop.planted_tests -> tests",
    ),
}


def lint_imports(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def report_on_breaches(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = copy_sources(tmp_path_factory.mktemp("breached"))
    plant(folder, {file: text for file, text, _ in BREACHES.values()})
    code, report = lint_imports(folder)
    assert code == 1, report
    return report


def test_that_the_tree_keeps_every_import_contract():
    code, report = lint_imports(ROOT)
    assert code == 0, report


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["id"])
def test_that_a_planted_breach_turns_its_contract_red(contract, report_on_breaches):
    edge = BREACHES[contract["id"]][2]
    assert f"{contract['name']} BROKEN" in report_on_breaches
    # The details follow under a heading of the contract's name.
    details = re.split(rf"^{re.escape(contract['name'])}\n-+$", report_on_breaches, flags=re.M)[1]
    assert edge in details.split("\n---")[0], details


_numbers = itertools.count()

# ---- what import-linter cannot name -------------------------------------------------------


def stores_use_only_qtcore(package: str) -> None:
    (
        archrule("stores use QtCore only")
        .match(f"{package}.stores*")
        .should_not_import("PySide6.QtWidgets*", "PySide6.QtGui*", "PySide6.QtWebEngine*")
        .check(package, only_direct_imports=True)
    )


def only_the_city_map_opens_pages(package: str) -> None:
    (
        archrule("folium and the web engine live in views.city_map")
        .match(f"{package}*")
        .exclude("views.city_map*")
        .should_not_import("folium*", "PySide6.QtWebEngine*")
        .check(package, only_direct_imports=True)
    )


def only_video_plays(package: str) -> None:
    (
        archrule("vlc and av live in desktop.video and the stand-in")
        .match(f"{package}*")
        .exclude("desktop.video*", "desktop.standin*")
        .should_not_import("vlc*", "av", "av.*")
        .check(package, only_direct_imports=True)
    )


def test_that_stores_use_only_qtcore():
    stores_use_only_qtcore("desktop")


@pytest.mark.parametrize("package", ["desktop", "views", "widgets"])
def test_that_only_the_city_map_opens_pages(package):
    only_the_city_map_opens_pages(package)


@pytest.mark.parametrize("package", ["desktop", "views", "widgets", "local_db"])
def test_that_only_video_and_the_standin_touch_codecs(package):
    only_video_plays(package)


@pytest.mark.parametrize(
    ("rule", "file", "text"),
    [
        (stores_use_only_qtcore, "stores/rows.py", "from PySide6.QtGui import QColor\n"),
        (only_the_city_map_opens_pages, "pages.py", "import folium\n"),
        (
            only_the_city_map_opens_pages,
            "pages.py",
            "from PySide6.QtWebEngineWidgets import QWebEngineView\n",
        ),
        (only_video_plays, "play.py", "import av\n"),
        (only_video_plays, "play.py", "import vlc\n"),
    ],
)
def test_that_a_planted_breach_turns_the_rule_red(rule, file, text, tmp_path, monkeypatch):
    package = f"planted_{next(_numbers)}"  # a name of its own: modules are cached by name
    plant(tmp_path, {f"{package}/{file}": text})
    monkeypatch.syspath_prepend(str(tmp_path))
    rule(package)
    reasons = [failure.reason for failure in pop_failures()]  # else they would fail this test
    assert len(reasons) == 1 and "FORBIDDEN import" in reasons[0]
