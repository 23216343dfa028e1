"""Our layers as elements of a folium map: each names its script and writes one line."""

from typing import Any

from folium.elements import JSCSSMixin
from folium.template import Template


class PageElement(JSCSSMixin):
    """`CK.<slot> = new CK.<js_class>(options)`, added to the map it is a child of."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            CK.{{ this.slot }} = new CK.{{ this.js_class }}(
                {{ this.options | tojavascript }}
            ).addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, slot: str, js_class: str, scripts: tuple[str, ...], **options: Any) -> None:
        super().__init__()
        self._name = js_class
        self.slot, self.js_class, self.options = slot, js_class, options
        self.default_js = [(name, f"{name}.js") for name in scripts]
        self.default_css: list[tuple[str, str]] = []


class SetUp(JSCSSMixin):
    """What all layers share; the first child of the map."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            CK.setUp({{ this._parent.get_name() }}, {{ this.options | tojson }});
        {% endmacro %}
    """)

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "SetUp"
        self.options = options
        self.default_js = [("chengkan", "chengkan.js")]
        self.default_css = [("chengkan_css", "map.css")]


class Wire(JSCSSMixin):
    """Opens the channel to the station; the last child of the map."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            CK.connect();
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()
        self._name = "Wire"
        self.default_js = [("qwebchannel", "qwebchannel.js"), ("station", "station.js")]
        self.default_css: list[tuple[str, str]] = []
