"""The cache is filled with what is wanted first, each loop once."""

from pathlib import Path

import pytest

from desktop.standin.video import encode
from desktop.standin.video.catalogue import ALL_LOOPS, LoopId, in_order
from desktop.standin.video.scenes.light import Variant


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files in the order in which they come; nothing is drawn."""
    files: list[Path] = []

    def encode_loop(pictures: object, profile: object, path: Path) -> None:
        path.touch()
        files.append(path)

    monkeypatch.setattr(encode, "draw_loop", lambda *_: iter(()))
    monkeypatch.setattr(encode, "encode_loop", encode_loop)
    return files


def test_that_a_wish_is_drawn_before_the_rest(tmp_path: Path, made: list[Path]) -> None:
    wish = LoopId("drone", "main", Variant.RAIN)
    wishes = iter([None, wish, wish])
    encode.fill_cache(tmp_path, Variant.DAY, lambda: next(wishes, None))
    order = in_order(Variant.DAY)
    assert [path.name for path in made[:2]] == [order[0].file_name, wish.file_name]
    assert len(made) == len(set(made)) == len(ALL_LOOPS)


def test_that_what_is_there_stays_and_what_is_outdated_goes(
    tmp_path: Path, made: list[Path]
) -> None:
    kept, old = tmp_path / ALL_LOOPS[7].file_name, tmp_path / "street-day-sub-0123456789.loop"
    kept.write_text("drawn")
    old.touch()
    encode.fill_cache(tmp_path, Variant.DAY, lambda: None)
    assert kept.read_text() == "drawn" and kept not in made
    assert not old.exists()
