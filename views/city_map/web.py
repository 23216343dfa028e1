"""The web engine, closed: one page of our own scheme, and nothing else in or out."""

import logging

from PySide6.QtCore import QFile, QIODevice, QObject, QUrl, Signal
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from views.city_map.documents import PAGE, Document
from views.city_map.scheme import ORIGIN, SCHEME, PageScheme

log = logging.getLogger(__name__)

PAGE_URL = QUrl(f"{ORIGIN}{PAGE}")
_ALLOWED_SCHEMES = frozenset({SCHEME.decode(), "data", "blob"})
_Setting = QWebEngineSettings.WebAttribute
_Level = QWebEnginePage.JavaScriptConsoleMessageLevel
_OFF = (
    _Setting.LocalContentCanAccessFileUrls,
    _Setting.LocalContentCanAccessRemoteUrls,
    _Setting.JavascriptCanOpenWindows,
    _Setting.JavascriptCanAccessClipboard,
    _Setting.JavascriptCanPaste,
    _Setting.PdfViewerEnabled,
    _Setting.NavigateOnDropEnabled,
    _Setting.PluginsEnabled,
    _Setting.FullScreenSupportEnabled,
    _Setting.ScreenCaptureEnabled,
    _Setting.WebGLEnabled,
    _Setting.LocalStorageEnabled,
    _Setting.HyperlinkAuditingEnabled,
    _Setting.DnsPrefetchEnabled,
    _Setting.AutoLoadIconsForPage,
    _Setting.ErrorPageEnabled,
    _Setting.AllowRunningInsecureContent,
    _Setting.AllowGeolocationOnInsecureOrigins,
)


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Blocks and counts every request that would leave the page's own documents."""

    blocked = Signal()

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() not in _ALLOWED_SCHEMES:
            info.block(True)
            log.warning("the map page asked for an address of %s", info.requestUrl().scheme())
            self.blocked.emit()


class ClosedPage(QWebEnginePage):
    """Goes nowhere but to the map, opens nothing, asks nobody."""

    def acceptNavigationRequest(self, url: QUrl, kind: object, is_main_frame: bool) -> bool:
        return url == PAGE_URL and is_main_frame

    def createWindow(self, kind: object) -> None:
        return None

    def javaScriptAlert(self, origin: QUrl, message: str) -> None:
        return None

    def javaScriptConfirm(self, origin: QUrl, message: str) -> bool:
        return False

    def chooseFiles(self, mode: object, old_files: object, mime_types: object) -> list[str]:
        return []

    def javaScriptConsoleMessage(self, level: _Level, text: str, line: int, source: str) -> None:
        severe = level == _Level.ErrorMessageLevel
        log.log(logging.WARNING if severe else logging.DEBUG, "page %s:%d %s", source, line, text)


def open_profile(parent: QObject, scheme: PageScheme, guard: RequestGuard) -> QWebEngineProfile:
    """Off the record; scheme and guard become its children and live as long as it does."""
    profile = QWebEngineProfile(parent)
    scheme.setParent(profile)
    guard.setParent(profile)
    profile.setUrlRequestInterceptor(guard)
    profile.installUrlSchemeHandler(SCHEME, scheme)
    profile.downloadRequested.connect(_refuse_download)
    profile.setSpellCheckEnabled(False)
    for attribute in _OFF:
        profile.settings().setAttribute(attribute, False)
    return profile


def open_page(profile: QWebEngineProfile, channel: QObject, parent: QObject) -> ClosedPage:
    page = ClosedPage(profile, parent)
    page.permissionRequested.connect(_refuse_permission)
    wire = QWebChannel(page)
    wire.registerObject("station", channel)
    page.setWebChannel(wire)
    return page


def channel_script() -> Document:
    """Qt's own qwebchannel.js; a page of another scheme than qrc cannot fetch it from there."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise OSError("qwebchannel.js is not in this build of Qt")
    return Document("text/javascript", bytes(file.readAll().data()))


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()


def _refuse_permission(permission: QWebEnginePermission) -> None:
    permission.deny()
