"""What the window's process must not carry, and what it tells Qt and its children."""

import os
import subprocess
import sys

import pytest

from desktop import memory
from desktop.settings import Settings
from desktop.shell import environment

_HEAVY = ("sqlalchemy", "alembic", "folium", "jinja2", "requests")
_STATION = """
import sys
import desktop.shell.app, desktop.shell.seat, desktop.shell.main_window
import views.city_map.documents
views.city_map.documents.page_documents({"words": {}})
from pathlib import Path
from local_db.desk import Desk
Desk(Path(sys.argv[1]) / "desk.db").close()
print(",".join(sorted(set(name.partition(".")[0] for name in sys.modules))))
"""


def test_that_the_window_carries_neither_folium_nor_sqlalchemy(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", _STATION, str(tmp_path)], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.strip().split(","))
    assert "desktop" in loaded
    assert loaded.isdisjoint(_HEAVY)


@pytest.fixture
def environ(monkeypatch) -> dict[str, str]:
    found: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", found)
    return found


@pytest.mark.qt_log_ignore("^setHighDpiScaleFactorRoundingPolicy must be called before")
@pytest.mark.parametrize(("gpu", "integration"), [("off", "none"), ("on", None)])
def test_that_opengl_is_loaded_only_where_something_draws_with_it(environ, gpu, integration):
    environ["QT_QPA_PLATFORM"] = "offscreen"
    environment.prepare(Settings(gpu=gpu), standin=True, safe=True)
    assert environ.get("QT_XCB_GL_INTEGRATION") == integration


def test_that_children_share_few_heaps_and_give_large_blocks_back(environ):
    memory.keep_children_small(2)
    assert environ["MALLOC_ARENA_MAX"] == "2"
    assert int(environ["MALLOC_MMAP_THRESHOLD_"]) == 256 << 10
    assert int(environ["MALLOC_TRIM_THRESHOLD_"]) == 1 << 20
