"""A picture or a paper of what is shown: stamped, by right, and noted."""

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.domain.permissions import Action
from desktop.stores.snapshots import Document
from tests.gui.cockpit.conftest import cockpit_of, one
from tests.gui.driving import until
from tests.gui.fake_room import open_room
from views.cockpit.page import CockpitPage


@pytest.fixture
def page(room):
    open_room(room, "duty_officer")
    made = CockpitPage(room)
    yield made
    made.deleteLater()


def image() -> QImage:
    made = QImage(640, 360, QImage.Format.Format_RGB32)
    made.fill(QColor("#112233"))
    return made


@pytest.mark.parametrize(("suffix", "head"), [(".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_that_a_file_holds_the_picture_with_a_line_of_what_when_and_who(
    page, room, run, suffix, head
):
    filed: list[Document] = []
    room.snapshots.filed.connect(filed.append)

    async def body() -> None:
        page.out.save(image(), cockpit_of(one("gas", "燃气")), suffix)
        await until(lambda: bool(filed))

    run(body())
    document = filed[0]
    assert document.data.startswith(head)
    assert (document.about, document.suffix) == ("cockpit/gas", suffix)
    assert document.action is Action.STATISTICS_EXPORT
    if suffix == ".png":
        found = QImage.fromData(document.data)
        assert found.width() == 640
        assert found.height() > 360
        assert found.pixelColor(320, 180) == QColor("#112233")
        foot = {found.pixel(x, y) for x in range(0, 640, 2) for y in range(362, found.height())}
        assert len(foot) > 5, "words stand below the picture"


def test_that_who_may_not_is_told_why(page, room):
    assert page.out.saving.isEnabled()
    open_room(room, "operator")
    assert not page.out.saving.isEnabled()
    assert not page.out.pushing.isEnabled()
    assert "无权" in page.out.saving.toolTip()
