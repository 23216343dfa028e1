"""The front passes calls on unchanged, and each fault does what it says."""

import gzip
import http.server
import json
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator

import httpx
import pytest

from tests.faults.http_faults import (
    MIB,
    Changes,
    Drips,
    HoldsReply,
    HoldsRequest,
    HttpFaults,
    LosesReply,
    Pours,
    Says,
)
from tests.integration.link.certificates import Authority


class Platform(http.server.BaseHTTPRequestHandler):
    """Says what it was asked, and counts."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(f"{self.command} {self.path}")
        size = int(self.headers.get("Content-Length", 0))
        said = {
            "path": self.path,
            "body": self.rfile.read(size).decode(),
            "key": self.headers.get("Idempotency-Key"),
            "mqtt": {"host": "127.0.0.1", "port": 1883},
            "url": f"http://{self.headers['Host']}/stream/a.ts",
        }
        if self.headers.get("If-None-Match"):
            self.send_response(304)
            self.end_headers()
            return
        body = json.dumps(said).encode()
        self.send_response(201 if self.command == "POST" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def front() -> Iterator[HttpFaults]:
    Platform.seen = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Platform) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        with HttpFaults(server.server_port) as front:
            yield front
        server.shutdown()
        thread.join()


@pytest.fixture
def client(front: HttpFaults) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=front.url, trust_env=False, timeout=5.0) as client:
        yield client


def test_that_calls_pass_unchanged_on_one_connection(front, client):
    for number in range(3):
        answer = client.post(
            f"/alarms/{number}?a=1", content=b"x" * number, headers={"Idempotency-Key": "k"}
        )
        said = answer.json()
        assert (answer.status_code, said["path"]) == (201, f"/api/v1/alarms/{number}?a=1")
        assert (said["body"], said["key"]) == ("x" * number, "k")
    assert client.get("/x", headers={"If-None-Match": '"1"'}).status_code == 304
    assert [(a.method, a.path, a.status) for a in front.asked("/alarms")] == [
        ("POST", f"/alarms/{n}", 201) for n in range(3)
    ]
    assert front.asked("/alarm") == [] and len(front.asked()) == 4


def test_that_ports_of_broker_and_pictures_are_named_anew(front, client):
    front.mqtt_port = 4711
    assert client.get("/auth/token").json()["mqtt"]["port"] == 4711
    assert client.get("/x").json()["mqtt"]["port"] == 1883
    assert f":{front.target_port}/" in client.get("/cameras/a/live").json()["url"]
    front.video_ports = {front.target_port: 4712}
    assert ":4712/" in client.get("/cameras/a/live").json()["url"]


def test_that_a_rule_holds_for_its_path_method_and_times(front, client):
    front.on("/alarms", Says(503, b'{"title":"x"}', {"Retry-After": "7"}), method="GET", times=1)
    assert client.get("/cameras").status_code == 200
    assert client.post("/alarms").status_code == 201
    said = client.get("/alarms/a")
    assert (said.status_code, said.headers["Retry-After"]) == (503, "7")
    assert client.get("/alarms").status_code == 200
    front.on("", Says(500))
    assert client.get("/cameras").status_code == 500
    front.clear()
    assert client.get("/cameras").status_code == 200


def test_that_an_answer_can_be_changed_on_its_way(front, client):
    front.on("", Changes(lambda reply: reply._replace(body=reply.body[:10])))
    answer = client.get("/x")
    assert answer.status_code == 200 and answer.content == b'{"path": "'


@pytest.mark.parametrize("of_head", [True, False])
def test_that_drops_go_on_and_no_answer_ends(front, of_head):
    front.on("", Drips(of_head, pause_s=0.02))
    with socket.create_connection(("127.0.0.1", front.port), 5.0) as peer:
        peer.sendall(b"GET /api/v1/x HTTP/1.1\r\nHost: x\r\n\r\n")
        came, got = 0, b""
        while came < 10:
            got += peer.recv(1)
            came = len(got.partition(b"X-Drip: " if of_head else b"\r\n\r\n")[2])
    assert (b"\r\n\r\n" in got) != of_head


def test_that_what_is_poured_has_its_size_packed_or_not(front, client):
    front.on("/plain", Pours(3 * MIB))
    front.on("/packed", Pours(3 * MIB, packs=True))
    assert len(client.get("/plain").content) == 3 * MIB
    with client.stream("GET", "/packed") as answer:
        packed = b"".join(answer.iter_raw())
    assert len(packed) < 40_000 and len(gzip.decompress(packed)) == 3 * MIB
    assert zlib.decompressobj(31).decompress(packed, 10) == bytes(10)


def test_that_a_lost_reply_is_one_of_a_call_that_was_done(front, client):
    front.on("/a", LosesReply())
    with pytest.raises(httpx.HTTPError):
        client.post("/a")
    assert Platform.seen == ["POST /api/v1/a"] and front.asked("/a")[0].status == 0


def test_that_a_held_reply_comes_when_it_is_released_and_a_held_request_never(front, client):
    held, stuck = HoldsReply(), HoldsRequest()
    front.on("/a", held)
    front.on("/b", stuck)
    answers: list[int] = []
    calling = threading.Thread(target=lambda: answers.append(client.post("/a").status_code))
    calling.start()
    assert held.done.wait(5.0) and not answers
    held.release()
    calling.join()
    assert answers == [201]
    with pytest.raises(httpx.TimeoutException):
        client.post("/b", timeout=0.2)
    assert stuck.arrived.is_set() and Platform.seen == ["POST /api/v1/a"]


def test_that_it_speaks_tls_with_the_certificate_it_is_given(front, tmp_path):
    authority = Authority(tmp_path, "city")
    trusts = ssl.create_default_context(cafile=str(authority.ca_file))
    with (
        HttpFaults(front.target_port, authority.server()) as secured,
        httpx.Client(verify=trusts, trust_env=False) as client,
    ):
        assert secured.url.startswith("https://")
        assert client.get(secured.url + "/x").status_code == 200
