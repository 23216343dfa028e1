"""The view of the one page, with its profile, scheme and guard."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from views.city_map.channel import Channel
from views.city_map.scheme import PageScheme
from views.city_map.web import PAGE_URL, RequestGuard, open_page, open_profile
from widgets.theme import colour


class PageView(QWebEngineView):
    """Shows the map page and nothing else.

    The profile belongs to `owner`, the application: the engine goes on asking a profile's
    scheme for a while after the page has ended, and a profile ended before that is a crash.
    """

    def __init__(self, channel: Channel, owner: QObject, parent: QWidget) -> None:
        super().__init__(parent)
        self.scheme, self.guard = PageScheme(), RequestGuard()
        profile = open_profile(owner, self.scheme, self.guard)
        page = open_page(profile, channel, self)
        page.setBackgroundColor(colour("bg1"))  # not a white flash before the first picture
        self.setPage(page)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    def open(self) -> None:
        self.load(PAGE_URL)
