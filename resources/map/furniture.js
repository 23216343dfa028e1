// What stands still on the map: buttons, scale bar, and the line that names the source.
"use strict";

(() => {
  const { element } = CK;

  CK.Buttons = L.Control.extend({
    options: { position: "topright" },

    onAdd(map) {
      const box = L.DomUtil.create("div", "ck-buttons");
      L.DomEvent.disableClickPropagation(box);
      this._pictures = [];
      this._button(box, "layers-outline", CK.words.layers, () => CK.station?.layersPressed());
      this._button(box, "plus", CK.words.zoomIn, () => map.zoomIn());
      this._button(box, "minus", CK.words.zoomOut, () => map.zoomOut());
      this._button(box, "crosshairs-gps", CK.words.home, () => CK.goHome());
      this._button(box, "arrow-expand-all", CK.words.wholeCity, () => CK.showCity());
      this._button(box, "map-legend", CK.words.legend, () => CK.legend.toggle());
      this.showTheme();
      return box;
    },

    showTheme() {
      for (const [picture, icon] of this._pictures) picture.src = `icons/${CK.theme}/${icon}.svg`;
    },

    _button(box, icon, title, press) {
      const button = element("button", "ck-button", box);
      button.type = "button";
      button.title = title;
      button.setAttribute("aria-label", title);
      const picture = element("img", "", button);
      this._pictures.push([picture, icon]);
      picture.alt = "";
      picture.draggable = false;
      button.addEventListener("click", press);
    },
  });

  // A round distance, as long a bar as fits into 120 px.
  CK.Scale = L.Control.extend({
    options: { position: "bottomleft" },

    onAdd(map) {
      const box = L.DomUtil.create("div", "ck-scale");
      this._text = element("span", "ck-scale-text", box);
      this._bar = element("span", "ck-scale-bar", box);
      map.on("zoomend moveend", this._update, this);
      this._update();
      return box;
    },

    onRemove(map) {
      map.off("zoomend moveend", this._update, this);
    },

    _update() {
      const metresPerPixel = CK.metresPerPixel(CK.map);
      const widest = 120 * metresPerPixel;
      const power = 10 ** Math.floor(Math.log10(widest));
      const metres = [5, 3, 2, 1].map((n) => n * power).find((n) => n <= widest) ?? power;
      this._text.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
      this._bar.style.width = `${Math.round(metres / metresPerPixel)}px`;
    },
  });

  CK.showCity = () => {
    if (CK.bounds) CK.map.fitBounds(CK.bounds, { animate: false });
  };

  CK.Source = L.Control.extend({
    options: { position: "bottomright" },

    onAdd() {
      const box = L.DomUtil.create("div", "ck-source");
      this._place = element("span", "ck-place", box);
      this._text = element("span", "", box);
      this.show("");
      return box;
    },

    show(dataDate) {
      const date = dataDate ? `${CK.words.baseMap} ${dataDate}` : CK.words.noBaseMap;
      this._text.textContent = [date, CK.words.approval].filter(Boolean).join(" · ");
    },

    // Where the pointer is, in degrees of CGCS2000.
    point({ lat, lng }) {
      this._place.textContent = `${lng.toFixed(5)}, ${lat.toFixed(5)}`;
    },
  });

  // What the marks mean; opened by its button.
  CK.Legend = L.Control.extend({
    options: { position: "bottomright" },

    onAdd() {
      this._box = L.DomUtil.create("div", "ck-legend");
      this._box.hidden = true;
      L.DomEvent.disableClickPropagation(this._box);
      return this._box;
    },

    toggle() {
      this._box.hidden = !this._box.hidden;
      this.refresh();
    },

    refresh() {
      if (this._box.hidden) return;
      this._box.replaceChildren();
      for (const [word, paint] of this._rows()) {
        const row = element("div", "ck-legend-row", this._box);
        const ratio = window.devicePixelRatio || 1;
        const canvas = element("canvas", "", row);
        canvas.width = canvas.height = 26 * ratio;
        const context = canvas.getContext("2d");
        context.scale(ratio, ratio);
        paint(context);
        element("span", "", row, word);
      }
    },

    _rows() {
      const { words } = CK;
      const level = (name, look) => (context) => CK.paintLevel(context, 13, 13, 18, name, look);
      return [
        ...["red", "orange", "yellow", "blue"].map((name) => [words.levels[name], level(name, "filled")]),
        [words.acknowledged, level("orange", "outline")],
        [words.cleared, level("yellow", "dashed")],
        ...CK.CAMERA_KINDS.map((kind) => [words.cameraKinds[kind], (context) => CK.paintCamera(context, 13, 13, kind)]),
        [words.offline, (context) => CK.paintCamera(context, 13, 13, "fixed", { online: false })],
        ...CK.UNIT_KINDS.map((kind) => [words.unitKinds[kind], (context) => CK.paintUnitSign(context, 13, 13, kind, 0)]),
        [words.oldPlace, (context) => CK.paintUnitSign(context, 13, 13, "vehicle", 1)],
      ];
    },
  });
})();
