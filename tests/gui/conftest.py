"""After every test of this folder: no widget that is there reads its text as markup."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from tests.plain_text import faults


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Before the fixtures take the widgets away."""
    result = yield
    widgets = [w for w in QApplication.allWidgets() if shiboken6.isValid(w)]
    if found := faults(widgets):
        raise AssertionError("texts that Qt could read as markup:\n" + "\n".join(found[:10]))
    return result
