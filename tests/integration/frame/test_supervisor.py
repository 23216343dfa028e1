"""The supervisor over real processes that die, hang and refuse on order."""

import json
import os
import signal
import time

from desktop.supervision.commands import START_ANEW, TRY_AGAIN

from .conftest import Center, is_alive, wait_until


def test_that_the_window_s_end_ends_everything(center: Center) -> None:
    center.start().all_up()
    center.order("station", "exit 0")
    code, error = center.wait()
    assert (code, error) == (0, "")
    assert not [pid for pid in center.pids() if is_alive(pid)]
    assert not (center.profile / "runtime.json").exists()


def test_that_each_process_is_restarted_alone(center: Center) -> None:
    center.start().all_up()
    for name in ("standin", "link", "station"):
        others = [n for n in ("standin", "link", "station") if n != name]
        before = {other: len(center.starts(other)) for other in others}
        os.kill(center.starts(name)[-1]["pid"], signal.SIGKILL)
        center.wait_for_start(name, 2)
        assert {other: len(center.starts(other)) for other in others} == before


def test_that_a_restarted_standin_gets_its_port_again(center: Center) -> None:
    center.start().all_up()
    time.sleep(0.4)  # earlier deaths may mean that the port is taken
    os.kill(center.starts("standin")[-1]["pid"], signal.SIGKILL)
    assert center.wait_for_start("standin", 2)["arguments"] == ["4711"]


def test_that_the_link_is_handed_the_platform_and_a_memory_for_its_session(center: Center) -> None:
    center.start().all_up()
    link = center.starts("link")[0]
    assert link["arguments"] == ["http://127.0.0.1:4711/api/v1"]
    target = os.readlink(f"/proc/{link['pid']}/fd/{link['session_fd']}")
    assert target.startswith("/memfd:session")


def test_that_a_hanging_process_leaves_its_stack_and_comes_back(center: Center) -> None:
    center.start().all_up()
    center.order("link", "hang")
    center.wait_for_start("link", 2)
    assert "obey" in (center.profile / "log" / "link.stack").read_text()


def test_that_three_crashes_lead_to_safe_mode_and_a_fourth_to_the_phone_list(
    center: Center,
) -> None:
    center.start().all_up()
    center.order("station", "exit 7 always")
    wait_until(lambda: len(center.starts("station")) >= 5)
    modes = [row["arguments"][0] for row in center.starts("station")]
    assert modes == ["full", "full", "full", "safe", "last_resort"]
    told = [row["arguments"][1:] for row in center.starts("station")]
    assert told == [[], ["--after", "crash"], ["--after", "crash"], ["--after", "crash"], []]
    assert center.wait()[0] == 1


def test_that_a_window_that_hung_is_told_of_it(center: Center) -> None:
    center.start().all_up()
    center.order("station", "hang")
    assert center.wait_for_start("station", 2)["arguments"] == ["full", "--after", "hang"]


def test_that_a_window_that_is_wished_anew_is_whole_and_no_crash(center: Center) -> None:
    center.start().all_up()
    for number in range(2, 5):
        center.order("station", "exit 7")
        center.wait_for_start("station", number)
    assert center.starts("station")[-1]["arguments"][0] == "safe"
    for number in range(5, 9):
        center.order("station", f"exit {TRY_AGAIN}")
        assert center.wait_for_start("station", number)["arguments"] == ["full"]
    center.order("station", "exit 0")
    assert center.wait() == (0, "")


def test_that_a_display_that_is_gone_ends_everything_with_one_line(center: Center) -> None:
    center.start().all_up()
    (center.profile / "no display").touch()
    center.order("station", "exit 1")
    code, error = center.wait()
    assert (code, len(error.splitlines())) == (1, 1)
    assert "已断开" in error and ":9" in error
    assert len(center.starts("station")) == 1
    assert "Traceback" not in (center.profile / "log" / "supervisor.log").read_text()


def test_that_nothing_outlives_a_killed_supervisor(center: Center) -> None:
    center.start().all_up()
    assert center.process is not None
    center.process.kill()
    center.process.wait()
    wait_until(lambda: not [pid for pid in center.pids() if is_alive(pid)], limit_s=3.0)


def test_that_a_signal_ends_all_without_a_kill(center: Center) -> None:
    center.start().all_up()
    assert center.process is not None
    center.process.send_signal(signal.SIGINT)
    assert center.wait()[0] == 0
    assert "killed" not in (center.profile / "log" / "supervisor.log").read_text()
    assert not [pid for pid in center.pids() if is_alive(pid)]


def test_that_nothing_is_started_again_while_all_is_being_ended(center: Center) -> None:
    center.start().all_up()
    center.order("standin", "stubborn")  # it is killed after its limit: time for the others
    wait_until(lambda: not (center.profile / "standin.do").exists())
    assert center.process is not None
    center.process.send_signal(signal.SIGTERM)
    assert center.wait()[0] == 0
    assert {name: len(center.starts(name)) for name in ("station", "link", "standin")} == {
        "station": 1,
        "link": 1,
        "standin": 1,
    }


def test_that_a_link_that_cannot_work_any_more_is_asked_to_stay_and_say_why(
    center: Center,
) -> None:
    center.start().all_up()
    center.order("link", "exit 70")
    assert center.wait_for_start("link", 2)["arguments"][1:] == []
    center.order("link", "exit 2")
    assert center.wait_for_start("link", 3)["arguments"][1:] == ["--stay"]
    center.order("link", "exit 70")  # whatever it was is over
    assert center.wait_for_start("link", 4)["arguments"][1:] == []


def test_that_a_link_that_cannot_work_at_all_ends_everything_with_its_words(
    center: Center,
) -> None:
    center.order("link", "exit 2")
    code, error = center.start().wait()
    assert (code, len(error.splitlines())) == (1, 1)
    assert "link" in error


def test_that_a_standin_that_cannot_serve_says_why(center: Center) -> None:
    center.order("standin", "refuse")
    code, error = center.start().wait()
    assert (code, error) == (1, "无法启动：没有找到 mosquitto\n")


def test_that_a_second_instance_is_refused_with_the_pid_of_the_first(center: Center) -> None:
    center.start().all_up()
    assert center.process is not None
    second = Center(center.profile).start()
    code, error = second.wait()
    assert code == 1
    assert str(center.process.pid) in error
    assert len(error.splitlines()) == 1
    assert center.process.poll() is None


def test_that_runtime_json_names_supervisor_and_platform(center: Center) -> None:
    center.start().all_up()
    assert center.process is not None
    facts = json.loads((center.profile / "runtime.json").read_text())
    assert facts["pid"] == center.process.pid
    assert facts["platform_url"] == "http://127.0.0.1:4711/api/v1"
    assert facts["standin"] is True


def test_that_a_window_that_wants_other_settings_ends_everything_with_its_code(
    center: Center,
) -> None:
    center.start().all_up()
    center.order("station", f"exit {START_ANEW}")
    code, error = center.wait()
    assert (code, error) == (START_ANEW, "")
    assert not [pid for pid in center.pids() if is_alive(pid)]
