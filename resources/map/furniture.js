// What stands still on the map: buttons, scale bar, and the line that names the source.
"use strict";

(() => {
  const element = (tag, className, parent) => {
    const made = document.createElement(tag);
    made.className = className;
    parent.append(made);
    return made;
  };

  CK.Buttons = L.Control.extend({
    options: { position: "topright" },

    onAdd(map) {
      const box = L.DomUtil.create("div", "ck-buttons");
      L.DomEvent.disableClickPropagation(box);
      this._button(box, "plus", CK.words.zoomIn, () => map.zoomIn());
      this._button(box, "minus", CK.words.zoomOut, () => map.zoomOut());
      this._button(box, "crosshairs-gps", CK.words.home, () => CK.goHome());
      return box;
    },

    _button(box, icon, title, press) {
      const button = element("button", "ck-button", box);
      button.type = "button";
      button.title = title;
      button.setAttribute("aria-label", title);
      const picture = element("img", "", button);
      picture.src = `icons/${icon}.svg`;
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

  CK.Source = L.Control.extend({
    options: { position: "bottomright" },

    onAdd() {
      this._box = L.DomUtil.create("div", "ck-source");
      this.show("");
      return this._box;
    },

    show(dataDate) {
      const date = dataDate ? `${CK.words.baseMap} ${dataDate}` : CK.words.noBaseMap;
      this._box.textContent = [date, CK.words.approval].filter(Boolean).join(" · ");
    },
  });
})();
