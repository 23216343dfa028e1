"""What the page shows lies here as documents; the page is told versions and fetches."""

from views.city_map.channel import Channel
from views.city_map.documents import Document, json_document
from views.city_map.scheme import PageScheme

PACKED_MIME = "application/octet-stream"


class Publisher:
    """Latest wins: a page that is busy fetches the newest version only."""

    def __init__(self, scheme: PageScheme, channel: Channel) -> None:
        self._scheme, self._channel = scheme, channel
        self._versions: dict[str, int] = {}
        self.is_open = False  # a page is there to be told

    def __contains__(self, name: str) -> bool:
        return name in self._versions

    def __bool__(self) -> bool:
        return bool(self._versions)

    def json(self, name: str, body: bytes) -> None:
        self._scheme.serve({f"/live/{name}.json": json_document(body)})
        self.tell(name)

    def packed(self, name: str, body: bytes) -> None:
        self._scheme.serve({f"/live/{name}.bin": Document(PACKED_MIME, body)})
        self.tell(name)

    def tell(self, name: str) -> None:
        """A new version of a document that is served elsewhere."""
        self._versions[name] = self._versions.get(name, 0) + 1
        if self.is_open:
            self._channel.stale.emit(name, self._versions[name])

    def tell_all(self) -> None:
        """For a page that has just opened."""
        for name, version in self._versions.items():
            self._channel.stale.emit(name, version)
