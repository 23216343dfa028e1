"""One stand-in process, real broker and all, for the tests of this folder."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from desktop.lifeline import die_with_parent
from desktop.standin.accounts import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parents[3]


class StandInProcess:
    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "desktop.standin", "--state", str(folder),
                   "--cache", os.environ["XDG_CACHE_HOME"], "--scale", "small"]  # fmt: skip
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=die_with_parent,
        )
        assert self.process.stdout is not None
        ready = json.loads(self.process.stdout.readline())
        self.rest = httpx.Client(base_url=ready["rest"], timeout=10)
        self.control = httpx.Client(base_url=ready["control"], timeout=10)

    def sign_in(self, username: str = "zhangmin") -> dict[str, Any]:
        answer = self.rest.post(
            "/auth/token", json={"username": username, "password": DEMO_PASSWORD}
        )
        answer.raise_for_status()
        granted = answer.json()
        self.rest.headers["Authorization"] = f"Bearer {granted['access_token']}"
        return granted

    def raise_alarm(self, **facts: Any) -> dict[str, Any]:
        draft = {"point_id": "PS-002", "level": "yellow", "title": "试验告警"} | facts
        return self.control.post("/alarms", json=draft).raise_for_status().json()

    def end(self) -> int:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.rest.close()
        self.control.close()
        self.process.stdin.close()
        code = self.process.wait(8)
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def standin(
    tmp_path_factory: pytest.TempPathFactory, session_folders: None
) -> Iterator[StandInProcess]:
    process = StandInProcess(tmp_path_factory.mktemp("standin"))
    yield process
    assert process.end() == 0


@pytest.fixture
def granted(standin: StandInProcess) -> dict[str, Any]:
    return standin.sign_in()
