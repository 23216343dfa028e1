"""One small city, and a desk on a fresh folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.settings import cache_folder
from desktop.standin.catalogue import CityCatalogue, open_catalogue
from tests.unit.standin_incidents.city_of_paper import PaperDesk


@pytest.fixture(scope="session")
def whole(session_folders: None) -> CityCatalogue:
    return open_catalogue(cache_folder(), seed=1, scale="small")


@pytest.fixture
def paper(tmp_path: Path, whole: CityCatalogue) -> Iterator[PaperDesk]:
    desk = PaperDesk(tmp_path, whole)
    yield desk
    desk.close()
