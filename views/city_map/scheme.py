"""`cgmap://app/`: every byte of the map page comes from here, none from disk or network."""

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Qt, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from views.city_map.documents import Document

SCHEME, HOST = b"cgmap", "app"
ORIGIN = "cgmap://app"
CONTENT_POLICY = (
    f"default-src 'none'; script-src {ORIGIN}; style-src {ORIGIN}; "
    f"img-src {ORIGIN} data:; connect-src {ORIGIN}; base-uri 'none'; form-action 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def register_scheme() -> None:
    """Before QApplication; a second call changes nothing."""
    if not QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name().isEmpty():
        return
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


class PageScheme(QWebEngineUrlSchemeHandler):
    """Answers from documents held as bytes: a request costs the GUI thread no reading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents: dict[str, tuple[QByteArray, QByteArray]] = {}
        self._headers = {  # a multi-map: PySide takes a list of values for each key
            QByteArray(name.encode()): [QByteArray(value.encode())]
            for name, value in _HEADERS.items()
        }

    def serve(self, documents: Mapping[str, Document]) -> None:
        """Adds or replaces documents by path."""
        for path, document in documents.items():
            mime = QByteArray(document.mime.encode())
            self._documents[path] = (mime, QByteArray(document.body))

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        found = self._documents.get(url.path()) if url.host() == HOST else None
        if bytes(job.requestMethod().data()) != b"GET" or not _is_own(job.initiator()):
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif found is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        else:
            mime, body = found
            # The engine reads on a thread of its own and closes when it is done: a buffer that
            # ended with its job would be read after its end when the page's process dies.
            answer = QBuffer(self)
            answer.aboutToClose.connect(answer.deleteLater)
            answer.setData(body)
            answer.open(QIODevice.OpenModeFlag.ReadOnly)
            # The stub names a plain map; at run time it is a multi-map that wants lists.
            job.setAdditionalResponseHeaders(self._headers)  # pyright: ignore[reportArgumentType]
            job.reply(mime, answer)


def _is_own(initiator: QUrl) -> bool:
    """Requests of the page itself, or the first load, which has no initiator."""
    return initiator.isEmpty() or (
        initiator.scheme() == SCHEME.decode() and initiator.host() == HOST
    )
