"""REST that refuses, fails, drips, pours and babbles: said in plain words, and survived."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.domain.link_messages import LinkHealth, ServiceCondition
from desktop.standin.accounts import DEMO_PASSWORD
from local_db.cache import read_cameras
from tests.faults import invariants
from tests.faults.http_faults import MIB, Changes, Drips, Fault, HttpFaults, Pours, Reply, Says
from tests.faults.rig import City, Desk, seconds, wait_for
from tests.faults.whole_desk import INJECT
from tests.integration.link.certificates import Authority, self_signed
from tests.integration.link.parts import LinkProcess, Station

LIMIT_S = 45.0
PROBE_S = 10.0  # the link asks for the platform's time so often
ALLOWED = 3.0  # limits of time are so many times the promise
GROWTH_MIB = 96  # 32 MiB of a body, as read and as unpacked, and the allocator's slack


@pytest.fixture(scope="module")
def city(one_city: City) -> City:
    return one_city


@pytest.fixture(scope="module")
def front(one_front: HttpFaults) -> HttpFaults:
    return one_front


@pytest.fixture(scope="module")
def one_desk(front: HttpFaults, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("rest") / "desk", front.url) as desk:
        desk.sign_in()
        yield desk


@pytest.fixture
def desk(one_desk: Desk, front: HttpFaults) -> Iterator[Desk]:
    """Signed in and calm, whatever the test before has done; the front is mended afterwards."""
    if not one_desk.lights()["user"]:
        one_desk.ask("sign_in", username="zhangmin", password=DEMO_PASSWORD)
    invariants.normal_again(one_desk)
    yield one_desk
    front.clear()
    invariants.notices_are_plain(one_desk.profile)


def until(desk: Desk, light: str, words: str, limit_s: float = LIMIT_S) -> float:
    """Seconds until the light of the link says this."""
    seen: list[str] = []

    def said() -> bool:
        seen[:] = [desk.lights()[f"{light}_text"]]
        return words in seen[0]

    try:
        return seconds(said, limit_s, words)
    except AssertionError:
        raise AssertionError(f"{light} does not say {words!r} but {seen}") from None


def alarms_flow(city: City, desk: Desk) -> str:
    """By MQTT, whatever befalls REST."""
    alarm_id = city.raise_alarm(level="orange")["alarm_id"]
    desk.wait_shown(alarm_id)
    return alarm_id


def until_order(desk: Desk, order_id: str, *conditions: str, limit_s: float = LIMIT_S) -> str:
    """The operator's text when the order has come so far."""

    def reached() -> list[str] | None:
        state = desk.order_states().get(order_id, ["", ""])
        return state if state[0] in conditions else None

    return wait_for(reached, limit_s, f"the order is {conditions}")[1]


@pytest.mark.gate
@pytest.mark.fault("15", "会话中途 401", promise="静默续期一次；告警不断")
def test_that_an_expired_token_is_renewed_once_without_a_word(city, front, desk, measured):
    began_s = time.monotonic()
    alarm = city.raise_alarm()
    desk.wait_shown(alarm["alarm_id"])
    city.rest_fault("expire_tokens")
    order_id = desk.order("acknowledge", alarm["alarm_id"], note="看到")
    until_order(desk, order_id, "accepted")
    measured["renewals"] = len(front.asked("/auth/refresh", since_s=began_s))
    assert measured["renewals"] == 1
    assert desk.lights()["user"] == "zhangmin"
    invariants.orders_executed_once(city, desk, [order_id])
    invariants.nothing_lost(city, desk)


@pytest.mark.fault("15", "会话中途 401，续期被拒", promise="提示重新登录；重登后补齐")
def test_that_a_refused_renewal_asks_for_a_new_sign_in_and_nothing_is_lost(
    city, front, desk, measured
):
    alarm_id = alarms_flow(city, desk)
    front.on("/auth/refresh", Says(401))
    city.rest_fault("expire_tokens")
    order_id = desk.order("acknowledge", alarm_id, note="")
    measured["told_s"] = seconds(
        lambda: desk.lights()["user"] == "", PROBE_S * ALLOWED, "nobody is signed in"
    )
    until(desk, "mqtt", "尚未登录")
    assert desk.lights()["feeds"]["alarms"]["freshness"] != "live"
    assert alarm_id in desk.open_alarms()  # what was known stays on the desk
    missed = city.raise_alarm()
    front.clear()
    desk.ask("sign_in", username="zhangmin", password=DEMO_PASSWORD)
    desk.wait_shown(missed["alarm_id"])
    measured["back_s"] = desk.wait_live()
    until_order(desk, order_id, "accepted")  # theirs, and still in time
    invariants.orders_executed_once(city, desk, [order_id])
    invariants.nothing_lost(city, desk)
    invariants.nothing_shown_twice(desk)


@pytest.mark.gate
@pytest.mark.fault("16", "REST 403", promise="“无权限”并说明哪个操作；入审计")
@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ({"title": "Forbidden"}, "无权限确认告警：请联系管理员"),
        ({"title": "Forbidden", "detail": "不是本辖区的告警"}, "无权限确认告警：不是本辖区的告警"),
    ],
)
def test_that_a_403_names_the_action_and_is_in_the_audit_trail(
    city, front, desk, problem, words, measured
):
    alarm_id = alarms_flow(city, desk)
    front.on("/alarms", Says(403, json.dumps(problem).encode()), method="POST")
    order_id = desk.order("acknowledge", alarm_id, note="")
    assert until_order(desk, order_id, "refused") == words
    query = "SELECT action, target, reason FROM entries WHERE entry_id = ?"
    row = wait_for(lambda: desk.audit(query, f"{order_id}:refused"), LIMIT_S, "it is audited")
    assert row == [("alarm.acknowledge", alarm_id, words)]
    assert desk.is_live()  # a refusal is no trouble of the way
    assert not [entry for entry in city.ledger("order") if entry["key"] == order_id]


@pytest.mark.fault("17", "429 Retry-After", promise="等足所要求的时间；显示倒计时")
def test_that_a_429_is_obeyed_and_its_countdown_is_shown(city, front, desk, measured):
    pause_s = 12
    alarm_id = alarms_flow(city, desk)
    front.on("", Says(429, headers={"Retry-After": str(pause_s)}))
    began_s = time.monotonic()
    order_id = desk.order("acknowledge", alarm_id, note="")  # the first one that is told it
    until(desk, "rest", "要求暂停")
    told_s = front.asked(since_s=began_s)[0].at_s
    front.clear()
    left = [desk.lights()["rest_wait_s"]]
    wait_for(lambda: left.append(desk.lights()["rest_wait_s"]) or left[-1] <= 3, LIMIT_S, "down")
    assert left == sorted(left, reverse=True) and left[0] >= 4, left
    alarms_flow(city, desk)
    until_order(desk, order_id, "accepted")
    # What was under way when it was said has arrived within two seconds.
    after = [one.at_s - told_s for one in front.asked(since_s=told_s + 2.0)]
    measured["kept_s"] = round(min(after), 2)
    assert min(after) >= pause_s, f"asked again after {min(after):.1f} s"
    measured["back_s"] = invariants.normal_again(desk)
    invariants.orders_executed_once(city, desk, [order_id])


@pytest.mark.fault("18", "500/502/503 持续 60 s", promise="≤ 40 次请求；告警照常；恢复 ≤ 15 s")
def test_that_a_platform_in_trouble_is_left_in_peace_and_alarms_go_on(city, front, desk, measured):
    began_s = time.monotonic()
    for status in (500, 502, 503):
        front.on("", Says(status))
        until(desk, "rest", f"（{status}）", 20.0 * ALLOWED)
        alarms_flow(city, desk)
        began_s += 20.0
        threading.Event().wait(max(began_s - time.monotonic(), 0.0))  # the minute of the promise
    lights = desk.lights()
    assert lights["rest"] == "down" and lights["mqtt"] == "up" and lights["snapshot"]
    assert lights["feeds"]["alarms"]["freshness"] == "live"
    assert read_cameras(desk.profile / "cache.db")
    hit = [one for one in front.asked(since_s=began_s - 60.0) if one.status >= 500]
    measured["requests"] = len(hit)
    assert len(hit) <= 40
    front.clear()
    measured["back_s"] = invariants.normal_again(desk)
    invariants.nothing_lost(city, desk)


@pytest.mark.fault("19", "应答逐字节滴漏", promise="整次调用 ≤ 10 s 截断")
@pytest.mark.parametrize("of_head", [True, False], ids=["head", "body"])
def test_that_a_drip_is_cut_at_the_deadline_of_the_whole_call(city, front, desk, of_head, measured):
    front.on("/health", Drips(of_head))
    began_s = time.monotonic()
    arrived = lambda: front.asked("/health", since_s=began_s)  # noqa: E731
    dripped = wait_for(arrived, PROBE_S * ALLOWED, "the platform is asked for its time")[0]
    until(desk, "rest", "没有应答", 10.0 * ALLOWED)
    measured["cut_s"] = round(time.monotonic() - dripped.at_s, 1)
    assert 9.5 <= measured["cut_s"] <= 10.0 * ALLOWED
    alarms_flow(city, desk)
    front.clear()
    measured["back_s"] = invariants.normal_again(desk)


@pytest.mark.fault("20", "gzip 炸弹 / 1 GB 应答", promise="32 MiB 截断；内存不涨")
@pytest.mark.parametrize("packs", [True, False], ids=["gzip", "plain"])
def test_that_a_body_without_end_is_cut_and_memory_stays(city, front, desk, packs, measured):
    memory = psutil.Process(desk.link_pid).memory_info
    before, most = memory().rss, 0
    front.on("/health", Pours(1024 * MIB, packs))

    def cut() -> bool:
        nonlocal most
        most = max(most, memory().rss)
        return "超过 32 MiB" in desk.lights()["rest_text"]

    wait_for(cut, (PROBE_S + 10.0) * ALLOWED, "the body is cut")
    measured["grown_mib"] = round((most - before) / MIB)
    assert measured["grown_mib"] <= GROWTH_MIB
    alarms_flow(city, desk)
    front.clear()
    invariants.normal_again(desk)


def _cut(reply: Reply) -> Reply:
    return reply._replace(body=reply.body[: len(reply.body) // 2])


def _as_html(reply: Reply) -> Reply:
    return reply._replace(headers=dict(reply.headers) | {"content-type": "text/html"})


ERROR_PAGE = b"<html><body><h1>502 Bad Gateway</h1>nginx</body></html>"
BABBLE: list[tuple[str, Fault, str]] = [
    ("truncated", Changes(_cut), "平台返回异常（内容不完整或读不懂）"),
    ("content_type", Changes(_as_html), "平台返回异常（应为 JSON，却是 text/html）"),
    ("error_page", Says(200, ERROR_PAGE, content_type="text/html"), "平台返回异常（应为 JSON"),
    ("deep", Says(200, b"[" * 100_000, content_type="application/json"), "平台返回异常"),
]


@pytest.mark.fault("21", "残缺 JSON、错误类型、HTML 错误页", promise="“平台返回异常”，无堆栈")
@pytest.mark.parametrize(("fault", "words"), [b[1:] for b in BABBLE], ids=[b[0] for b in BABBLE])
def test_that_babble_is_called_so_and_costs_nothing_else(city, front, desk, fault, words, measured):
    front.on("/health", fault)
    front.on("/alarms", fault, method="POST")
    alarm_id = alarms_flow(city, desk)
    order_id = desk.order("acknowledge", alarm_id, note="")
    measured["told_s"] = until(desk, "rest", words, PROBE_S * ALLOWED)
    front.clear()
    until_order(desk, order_id, "accepted")
    measured["back_s"] = invariants.normal_again(desk)
    invariants.orders_executed_once(city, desk, [order_id])


# ---- encryption and names: a link of its own each ----------------------------------------


def light_of_rest(profile: Path, url: str, words: str, ca_file: Path | None = None) -> str:
    """What a fresh link says of REST once it contains `words`."""
    profile.mkdir(parents=True)
    if ca_file is not None:
        (profile / "settings.toml").write_text(f'ca_file = "{ca_file}"\n', "utf-8")
    link = LinkProcess(profile, url)
    try:
        station = Station(profile)
        try:
            down = station.expect(LinkHealth, lambda told: words in told.rest.text, LIMIT_S)
            assert down.rest.condition is ServiceCondition.DOWN
            return down.rest.text
        finally:
            station.close()
    finally:
        link.kill()


CERTIFICATES = {
    "expired": "证书已过期",
    "elsewhere": "证书不是发给这台主机的",
    "stranger": "签发机构不受信任",
    "self_signed": "证书是对方自己签发的",
}


@pytest.mark.fault("22", "证书过期 / 不符主机 / 未知机构 / 自签", promise="拒绝，四种说法")
@pytest.mark.parametrize("wrong", CERTIFICATES)
def test_that_a_wrong_certificate_is_refused_in_its_own_words(city, tmp_path, wrong, measured):
    trusted = Authority(tmp_path, "trusted")
    certificate = {
        "expired": lambda: trusted.server(expired=True),
        "elsewhere": lambda: trusted.server("127.0.0.2"),
        "stranger": lambda: Authority(tmp_path, "stranger").server(),
        "self_signed": lambda: self_signed(tmp_path),
    }[wrong]()
    with HttpFaults(city.rest_port, certificate) as secured:
        text = light_of_rest(
            tmp_path / "profile", secured.url, CERTIFICATES[wrong], trusted.ca_file
        )
        assert [w for w in CERTIFICATES.values() if w in text] == [CERTIFICATES[wrong]]
        assert "正在重试" in text and not secured.asked()


@pytest.mark.fault("22", "证书正确", promise="接受")
def test_that_the_right_certificate_lets_the_link_in(city, tmp_path):
    trusted = Authority(tmp_path, "trusted")
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "settings.toml").write_text(f'ca_file = "{trusted.ca_file}"\n', "utf-8")
    with HttpFaults(city.rest_port, trusted.server()) as secured:
        link = LinkProcess(profile, secured.url)
        station = Station(profile)
        station.expect(LinkHealth, lambda h: h.rest.condition is ServiceCondition.UP, LIMIT_S)
        station.close()
        link.kill()


@pytest.mark.fault("27", "域名解析失败", promise="说出主机名；持续重试：解析恢复后 ≤ 15 s 接通")
def test_that_a_name_that_does_not_resolve_is_named_and_tried_again(
    city, tmp_path, monkeypatch, measured
):
    names, trusted = tmp_path / "names", Authority(tmp_path, "trusted")
    monkeypatch.setenv("CHENGKAN_NAMES", str(names))
    monkeypatch.setenv("PYTHONPATH", str(INJECT))
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "settings.toml").write_text(f'ca_file = "{trusted.ca_file}"\n', "utf-8")
    with HttpFaults(city.rest_port, trusted.server()) as secured:
        link = LinkProcess(profile, secured.url.replace("127.0.0.1", "platform.city.invalid"))
        station = Station(profile)
        try:
            down = station.expect(LinkHealth, lambda h: "找不到主机名" in h.rest.text, LIMIT_S)
            assert "找不到主机名 platform.city.invalid" in down.rest.text
            assert "正在重试" in down.rest.text
            names.write_text("127.0.0.1", "ascii")
            began_s, there = time.monotonic(), CERTIFICATES["elsewhere"]  # for the address only
            station.expect(LinkHealth, lambda h: there in h.rest.text, 15.0 * ALLOWED)
            measured["tried_again_s"] = round(time.monotonic() - began_s, 2)
        finally:
            station.close()
            link.kill()
