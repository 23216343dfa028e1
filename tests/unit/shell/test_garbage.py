import gc
import threading
import weakref

import pytest

from desktop.shell.garbage import GarbageCollection


class Cycle:
    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collection(qtbot):
    made = GarbageCollection()
    yield made
    gc.unfreeze()


def test_that_a_worker_thread_never_collects(collection):
    lost = weakref.ref(Cycle())
    worker = threading.Thread(target=lambda: [Cycle() for _ in range(20_000)])
    worker.start()
    worker.join()
    assert lost() is not None


def test_that_cycles_are_collected_on_the_gui_thread(collection):
    lost = weakref.ref(Cycle())
    collection._collect()
    assert lost() is None
