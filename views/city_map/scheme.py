"""`cgmap://app/`: every byte of the map page comes from here, none from disk or network."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Qt, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from desktop.errors import OperatorError
from desktop.tasks import TaskScope, loop_runs
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


LateAnswer = Callable[[str], Awaitable[Document | None]]
"""Takes the rest of the path; None: there is nothing of that name."""


class PageScheme(QWebEngineUrlSchemeHandler):
    """Answers from documents held as bytes: a request costs the GUI thread no reading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents: dict[str, tuple[QByteArray, QByteArray]] = {}
        self._later: dict[str, tuple[LateAnswer, TaskScope]] = {}
        self._headers = {  # a multi-map: PySide takes a list of values for each key
            QByteArray(name.encode()): [QByteArray(value.encode())]
            for name, value in _HEADERS.items()
        }

    def serve(self, documents: Mapping[str, Document]) -> None:
        """Adds or replaces documents by path."""
        for path, document in documents.items():
            mime = QByteArray(document.mime.encode())
            self._documents[path] = (mime, QByteArray(document.body))

    def serve_later(self, prefix: str, answer: LateAnswer, scope: TaskScope) -> None:
        """Paths that begin with `prefix` are asked for when the page wants them."""
        self._later[prefix] = (answer, scope)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        found = self._documents.get(url.path()) if url.host() == HOST else None
        if bytes(job.requestMethod().data()) != b"GET" or not _is_own(job.initiator()):
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif found is not None:
            self._reply(job, *found)
        elif not self._ask_later(job, url.path()):
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _ask_later(self, job: QWebEngineUrlRequestJob, path: str) -> bool:
        for prefix, (answer, scope) in self._later.items():
            if path.startswith(prefix) and loop_runs():  # it does not while the window ends
                work = self._answer_later(job, answer, path.removeprefix(prefix))
                scope.spawn(work, name=f"map {prefix}")
                return True
        return False

    async def _answer_later(
        self, job: QWebEngineUrlRequestJob, answer: LateAnswer, path: str
    ) -> None:
        try:
            document = await answer(path)
        except (OperatorError, asyncio.CancelledError):
            document = None  # the page asks again when the map moves
        if not shiboken6.isValid(job):
            return  # the page has gone meanwhile
        if document is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        else:
            mime = QByteArray(document.mime.encode())
            self._reply(job, mime, QByteArray(document.body))

    def _reply(self, job: QWebEngineUrlRequestJob, mime: QByteArray, body: QByteArray) -> None:
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
