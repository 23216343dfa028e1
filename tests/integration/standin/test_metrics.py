"""City metrics over REST, from a stand-in that runs."""

import time
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from desktop.domain.cockpit.metrics import Metric
from desktop.feeds.metrics import RegistryAnswer, read_rows
from tests.integration.standin.conftest import StandInProcess

READY_S = 60.0


@pytest.fixture(scope="module")
def rest(standin: StandInProcess) -> httpx.Client:
    standin.sign_in()
    until = time.monotonic() + READY_S
    while standin.rest.get("/cases?limit=1").status_code == 503:
        assert time.monotonic() < until
        time.sleep(0.1)  # the platform tells by answering, by nothing else
    return standin.rest


def _rows(rest: httpx.Client, **asked: str):
    found, odd = read_rows(rest.get("/metrics", params=asked).raise_for_status().content)
    assert odd == 0
    return {(one.metric_id, one.scope_id): one for one in found}


def test_that_the_registry_names_what_is_told(rest: httpx.Client) -> None:
    body = rest.get("/metrics/registry").raise_for_status().content
    told = msgspec.json.decode(body, type=RegistryAnswer)
    metrics: list[Metric] = told.items
    assert len(metrics) >= 200
    assert {key for key, _ in _rows(rest)} == {one.metric_id for one in metrics}
    assert len(told.units) >= 7
    tag = rest.get("/metrics/registry").headers["ETag"]
    assert rest.get("/metrics/registry", headers={"If-None-Match": tag}).status_code == 304


def test_that_an_alarm_moves_its_metrics_within_two_seconds(
    standin: StandInProcess, rest: httpx.Client
) -> None:
    before = _rows(rest, names="alarm.open")["alarm.open", "city"].present.value
    standin.raise_alarm(title="体征试验")
    until = time.monotonic() + 2.0
    while (now := _rows(rest, names="alarm.open")["alarm.open", "city"].present.value) == before:
        assert time.monotonic() < until
        time.sleep(0.1)  # a sheet is good for a second
    assert now is not None and before is not None
    assert now > before


def test_that_thirty_days_of_two_hundred_metrics_come_whole(rest: httpx.Client) -> None:
    body = rest.get("/metrics/registry").raise_for_status().content
    names = [one.metric_id for one in msgspec.json.decode(body, type=RegistryAnswer).items][:200]
    begin = datetime.now(UTC) - timedelta(days=30)
    rows = _rows(rest, **{"names": ",".join(names), "from": begin.isoformat()})
    assert len(rows) == 200
    lengths = {one.step_s: len(one.values) for one in rows.values()}
    assert 719 <= lengths[3600] <= 721


def test_that_what_is_not_there_is_refused_in_words(rest: httpx.Client) -> None:
    for asked, status in (
        ({"names": "alarm.open,no.such"}, 404), ({"scope": "atlantis"}, 404),
        ({"names": "alarm.open", "from": "2026-11-22T10:00:00"}, 400),
        ({"scope": "district", "step": "5"}, 400),
    ):  # fmt: skip
        answer = rest.get("/metrics", params=asked)
        assert answer.status_code == status, asked
        assert answer.json()["title"]
