"""The profile folder: lock, logs, runtime.json."""

import os
from pathlib import Path

import pytest

from desktop.errors import ProfileError
from desktop.supervision.profile import KEPT_LOGS, Profile, last_words, read_runtime


def test_that_a_locked_profile_is_refused_with_the_pid_of_its_owner(tmp_path: Path) -> None:
    first = Profile(tmp_path / "p")
    with pytest.raises(ProfileError) as refusal:
        Profile(tmp_path / "p")
    assert str(os.getpid()) in refusal.value.operator_text
    first.release()
    Profile(tmp_path / "p").release()


def test_that_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileError, match="file"):
        Profile(tmp_path / "file" / "p")


def test_that_logs_rotate_and_the_oldest_go(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    for start in range(6):
        (profile.logs / "link.log").write_text(f"start {start}")
        profile.rotate_logs()
    names = sorted(path.name for path in profile.logs.iterdir())
    assert names == [f"link.log.{n}" for n in range(1, KEPT_LOGS + 1)]
    assert (profile.logs / "link.log.1").read_text() == "start 5"
    profile.release()


def test_that_runtime_json_of_a_dead_process_is_not_believed(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.write_runtime({"pid": os.getpid(), "standin": True})
    assert read_runtime(tmp_path) == {"pid": os.getpid(), "standin": True}
    profile.write_runtime({"pid": 2**22 + 1})
    assert read_runtime(tmp_path) is None
    profile.release()


def test_that_the_last_words_are_the_last_line(tmp_path: Path) -> None:
    (tmp_path / "x.log").write_text("one\n二\n\n")
    assert last_words(tmp_path / "x.log") == "二"
    assert last_words(tmp_path / "none.log") == ""
