"""The contract check: the stand-in passes, a broken platform is told call by call."""

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from desktop.clock import SystemClock
from desktop.doctor.platform import examine_platform
from desktop.domain.findings import Finding, Verdict
from desktop.link.platform_check import PlatformCheck
from desktop.link.rest import Rest
from desktop.standin.accounts import DEMO_PASSWORD

NOW = "2026-07-14T08:00:00+08:00"
NOWHERE = "doctor-no-such-thing"


def test_that_the_stand_in_keeps_the_contract(standin, tmp_path):
    url = str(standin.rest.base_url)
    report = asyncio.run(examine_platform(url, tmp_path, "zhangmin", DEMO_PASSWORD))
    bad = [found for found in report.findings if found.verdict is not Verdict.OK]
    assert bad == []
    assert len(report.findings) > 25
    assert all(found.took_ms < 5000 for found in report.findings)


def test_that_without_an_account_only_the_open_part_is_asked(standin, tmp_path):
    report = asyncio.run(examine_platform(str(standin.rest.base_url), tmp_path, "", ""))
    assert [found.verdict for found in report.findings] == [Verdict.SKIPPED, Verdict.OK]
    assert "--user" in report.findings[0].fix


def test_that_a_wrong_password_ends_the_check_with_what_to_do(standin, tmp_path):
    report = asyncio.run(examine_platform(str(standin.rest.base_url), tmp_path, "zhangmin", "x"))
    assert report.findings[0].verdict is Verdict.FAILED
    assert "用户名或密码不对" in report.findings[0].reason and report.findings[0].fix


class BrokenPlatform:
    """Answers each path as the test wishes; without a wish 404."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        self.etag = False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                path = self.path.partition("?")[0].removeprefix("/api/v1")
                length = int(self.headers.get("Content-Length") or 0)
                self.rfile.read(length)
                status, body = outer.answers.get(path, (404, {"title": "没有"}))
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                if outer.etag:
                    self.send_header("ETag", '"1"')
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = _answer

            def log_message(self, *words: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def findings(self) -> dict[str, Finding]:
        async def check() -> list[Finding]:
            rest = Rest(self.url, True, SystemClock(), lambda failure: None)
            try:
                return await PlatformCheck(rest, SystemClock()).run()
            finally:
                await rest.close()

        return {found.part: found for found in asyncio.run(check())}


@pytest.fixture
def broken() -> Iterator[BrokenPlatform]:
    platform = BrokenPlatform()
    yield platform
    platform.close()


def test_that_a_platform_that_serves_nothing_fails_where_the_desk_needs_it(broken):
    found = broken.findings()
    for part in ("GET /health", "GET /cameras", "GET /points", "GET /alarm-classes",
                 "GET /layers", "GET /alarms?state=open", "GET /alarm-events"):  # fmt: skip
        assert found[part].verdict is Verdict.FAILED, part
    for part in ("GET /duty", "GET /assets", "GET /districts"):
        assert found[part].verdict is Verdict.SKIPPED, part
    assert all(one.fix for one in found.values() if one.verdict is Verdict.FAILED)


_WRONG = (  # rounds of: path, answer, the finding that it spoils, words of the reason
    (
        ("/health", {"status": "ok", "time": NOW, "epoch": "e"}, "GET /health", "seq"),
        ("/points", {"items": [{"point_id": "p1"}]}, "GET /points", "class_id"),
        ("/cameras", {"items": [{"camera_id": 7, "name": "x"}]}, "GET /cameras", "camera_id"),
        ("/alarms", {"items": []}, "GET /alarms?state=open", "as_of"),
        ("/alarm-events", {"items": []}, "GET /alarm-events", "410"),
        ("/layers", {"items": []}, "GET /layers", "没有底图"),
        ("/districts", {"type": "Feature"}, "GET /districts", "FeatureCollection"),
        (f"/alarms/{NOWHERE}/acknowledge", {}, "命令缺 Idempotency-Key 应拒绝", "两次"),
    ),
    (
        (
            "/health",
            {"status": "ok", "time": "now", "epoch": "e", "seq": 1},
            "GET /health",
            "time",
        ),
        (
            "/alarms",
            {"as_of": {"epoch": "e", "seq": 1}, "items": [{"alarm_id": "a"}]},
            "GET /alarms?state=open",
            "revision",
        ),
        ("/layers", b"<html>", "GET /layers", "读不懂"),
    ),
)


@pytest.mark.parametrize("wrong", _WRONG)
def test_that_what_is_not_of_the_contract_is_named(broken, wrong):
    broken.answers = {path: (200, answer) for path, answer, _, _ in wrong}
    found = broken.findings()
    for _, _, part, words in wrong:
        assert found[part].verdict is Verdict.FAILED, part
        assert words in found[part].reason


def test_that_a_register_without_end_and_one_without_etag_are_named(broken):
    row = {"camera_id": "c1", "name": "一号"}
    broken.answers["/cameras"] = (200, {"items": [row, row], "next_cursor": "2"})
    broken.answers["/alarm-classes"] = (200, {"items": [{"class_id": "a", "name": "b"}]})
    found = broken.findings()
    assert "没有结尾" in found["分页 limit / cursor"].reason
    assert "没有 ETag" in found["ETag / 304"].reason
    assert "updated_since" in found["增量 updated_since"].reason
    broken.etag = True
    found = broken.findings()["ETag / 304"]
    assert (found.verdict, found.reason) == (Verdict.FAILED, "同一版本应答 304，实为 200")


def test_that_a_platform_in_trouble_is_asked_to_the_end(broken):
    for path in ("/health", "/cameras", "/alarms"):
        broken.answers[path] = (500, {})
    found = broken.findings()
    assert "500" in found["GET /health"].reason
    assert found["GET /layers"].verdict is Verdict.FAILED  # not skipped for the trouble before
