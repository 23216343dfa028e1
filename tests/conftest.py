"""What every test gets: folders of its own, nothing left running, one QApplication made right."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.leaks import Inventory, places_recorded

# The same cases on every run, however busy the machine is.
hypothesis_settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, max_examples=60
)
hypothesis_settings.load_profile("project")

if "DISPLAY" not in os.environ:  # units alone need no screen; `make test` gives one
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

_FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
}
# One for the session: sockets of processes that serve several tests lie there.
_SHARED_FOLDERS = {"XDG_RUNTIME_DIR": "runtime"}
# Kept from run to run: the stand-in's pictures take a minute to draw, lie there by the hash of
# what they are drawn from, and are written as a whole under a lock.
_WORTH_COLLECTING = 20_000  # objects: a collection takes 20 ms and most tests take 2
_CACHE = Path(__file__).resolve().parent.parent / ".setup" / "cache"


def _make_folders(root: Path, folders: dict[str, str]) -> dict[str, str]:
    for name in folders.values():
        (root / name).mkdir(mode=0o700)
    return {variable: str(root / name) for variable, name in folders.items()}


@pytest.fixture(scope="session", autouse=True)
def session_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fixtures that outlive a test never see the user's folders either."""
    root = tmp_path_factory.mktemp("session")
    with pytest.MonkeyPatch.context() as patch:
        authority = Path.home() / ".Xauthority"
        if "XAUTHORITY" not in os.environ and authority.exists():
            patch.setenv("XAUTHORITY", str(authority))
        _CACHE.mkdir(parents=True, exist_ok=True)
        patch.setenv("XDG_CACHE_HOME", str(_CACHE))
        for variable, folder in _make_folders(root, _FOLDERS | _SHARED_FOLDERS).items():
            patch.setenv(variable, folder)
        with places_recorded():
            yield


@pytest.fixture(autouse=True)
def own_folders(
    session_folders: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every test has an empty home."""
    for variable, folder in _make_folders(tmp_path_factory.mktemp("own"), _FOLDERS).items():
        monkeypatch.setenv(variable, folder)


@pytest.fixture(scope="session", autouse=True)
def garbage_ends_in_the_main_thread() -> Iterator[None]:
    """No collection starts by itself: in a worker thread it would end Qt objects there, a crash.

    `nothing_left_running` collects between tests, in the main thread.
    """
    gc.collect()
    gc.freeze()  # what was imported is looked at no more: a collection takes few milliseconds
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest, own_folders: None) -> Iterator[None]:
    """Fails a test that leaves a thread or a child process behind."""
    before = Inventory()
    yield
    has_windows = "qapp" in request.fixturenames  # what is left of them would act in other tests
    if has_windows or gc.get_count()[0] > _WORTH_COLLECTING or not before.is_clean:
        gc.collect()
    if report := before.leaks():
        pytest.fail(f"left running after the test:\n{report}", pytrace=False)


# ---- pytest-qt: the QApplication of all gui tests ---------------------------------------------


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["chengkan-tests"]


@pytest.fixture(scope="session")
def qapp_cls():
    """QApplication, after all that Qt wants to be told before it exists: as the station does."""
    from PySide6.QtWidgets import QApplication

    from desktop.settings import Settings
    from desktop.shell import environment

    try:
        environment.prepare(Settings(), standin=True, safe=False)
    except ImportError:  # a tree without the map: as in the station's safe mode
        environment.prepare(Settings(), standin=True, safe=True)
    return QApplication
