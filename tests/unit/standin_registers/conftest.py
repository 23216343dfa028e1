"""The small city as every small stand-in reads it."""

import pytest

from desktop.settings import cache_folder
from desktop.standin.catalogue import CityCatalogue, open_catalogue


@pytest.fixture(scope="session")
def whole(session_folders: None) -> CityCatalogue:
    return open_catalogue(cache_folder(), seed=1, scale="small")
