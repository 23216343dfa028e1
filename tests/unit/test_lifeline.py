"""The ties between a process and its parent."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import lifeline

ROOT = Path(__file__).resolve().parents[2]


def test_that_beats_reach_the_pipe_and_a_full_pipe_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_fd, write_fd = os.pipe()
    monkeypatch.setenv(lifeline.BEAT_FD, str(write_fd))
    beat = lifeline.Beat()
    beat.beat()
    assert os.read(read_fd, 10) == b"."
    for _ in range(70_000):
        beat.beat()
    os.close(read_fd)
    beat.beat()
    os.close(write_fd)
    beat.beat()


def test_that_without_a_listener_a_beat_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(lifeline.BEAT_FD, raising=False)
    lifeline.Beat().beat()


def test_that_the_end_of_stdin_is_told_once() -> None:
    async def wait_for_end() -> int:
        read_fd, write_fd = os.pipe()
        calls: list[int] = []
        ended = asyncio.Event()

        def on_end() -> None:
            calls.append(1)
            ended.set()

        assert lifeline.ended_with_parent(on_end, read_fd)
        os.write(write_fd, b"ignored")
        os.close(write_fd)
        await asyncio.wait_for(ended.wait(), 2)
        os.close(read_fd)
        return len(calls)

    assert asyncio.run(wait_for_end()) == 1


def test_that_a_closed_or_missing_pipe_is_no_tie() -> None:
    read_fd, write_fd = os.pipe()
    os.close(write_fd)
    assert not lifeline.ended_with_parent(pytest.fail, read_fd)
    os.close(read_fd)
    null = os.open(os.devnull, os.O_RDONLY)
    assert not lifeline.ended_with_parent(pytest.fail, null)
    os.close(null)


def test_that_a_child_whose_parent_is_gone_already_does_not_start() -> None:
    code = "from desktop.lifeline import die_with_parent as d; d(); print('alive')"
    command = [sys.executable, "-c", code]
    env = os.environ | {lifeline.PARENT_PID: "1"}
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    env[lifeline.PARENT_PID] = str(os.getpid())
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"alive\n")


def test_that_sigusr1_writes_the_stacks(tmp_path: Path) -> None:
    code = (
        "import os, signal, pathlib; from desktop import lifeline\n"
        f"lifeline.arm_faulthandler(pathlib.Path({str(tmp_path)!r}), 'x')\n"
        "def named(): os.kill(os.getpid(), signal.SIGUSR1)\n"
        "named()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert "named" in (tmp_path / "x.stack").read_text()


def test_that_a_child_dies_with_its_parent() -> None:
    middle = (
        "import subprocess, sys\n"
        "from desktop.lifeline import die_with_parent\n"
        "child = subprocess.Popen(['sleep', '60'], preexec_fn=die_with_parent)\n"
        "print(child.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", middle], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        pidfd = os.pidfd_open(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        import select

        ready, _, _ = select.select([pidfd], [], [], 2.0)
        os.close(pidfd)
        assert ready


def test_that_a_crash_leaves_no_core_file_with_secrets(tmp_path):
    program = (
        "import resource, sys; from pathlib import Path; from desktop.lifeline import *;"
        "arm_faulthandler(Path(sys.argv[1]), 'x'); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]

    def keep_cores() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

    done = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=keep_cores, cwd=ROOT, check=False
    )
    assert done.stdout.strip() == "(0, 0)", done.stderr
