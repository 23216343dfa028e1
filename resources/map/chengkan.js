// What every layer of the page shares: palette, type, and the geometry of the levels' shapes.
// Text from outside is only ever drawn (fillText) or set as textContent, never parsed.
"use strict";

const CK = (window.CK = { palette: {}, words: {} });

CK.FAMILY = '"Noto Sans CJK SC", "Noto Sans SC", sans-serif';

CK.font = (px, bold) => `${bold ? 700 : 400} ${px}px ${CK.FAMILY}`;

CK.setUp = (map, options) => {
  CK.map = map;
  CK.palette = options.palette;
  CK.words = options.words;
  CK.home = { center: map.getCenter(), zoom: map.getZoom() };
};

// Keeps the view on the base map: its edge is not the edge of the city.
CK.fence = ([west, south, east, north]) => {
  CK.bounds = L.latLngBounds([south, west], [north, east]);
  CK.map.setMaxBounds(CK.bounds);
  CK.map.off("resize", fitFence).on("resize", fitFence);
  fitFence();
};

function fitFence() {
  const least = CK.map.getBoundsZoom(CK.bounds, true);
  CK.map.setMinZoom(Math.min(Math.ceil(least), CK.map.getMaxZoom()));
}

// A canvas over the map that follows it: Leaflet's renderer keeps it in place while the map
// is dragged and zoomed; `draw(context)` paints in layer points.
CK.Overlay = L.Renderer.extend({
  options: { padding: 0.25, pane: "overlayPane" },

  getEvents() {
    const events = L.Renderer.prototype.getEvents.call(this);
    events.move = this._refill;
    return events;
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._context;
  },

  _updatePaths() {},

  _refill() {
    // A long drag leaves what was drawn: draw again before the edge shows.
    if (this._bounds && !this._bounds.contains(this._viewBounds())) this._update();
  },

  _viewBounds() {
    const low = this._map.containerPointToLayerPoint([0, 0]);
    return L.bounds(low, low.add(this._map.getSize()));
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const ratio = window.devicePixelRatio || 1;
    const size = this._bounds.getSize();
    const canvas = this._container;
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    this.redraw();
  },

  redraw() {
    if (!this._context || !this._bounds) return;
    const ratio = window.devicePixelRatio || 1;
    const { min } = this._bounds;
    const context = this._context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this._container.width, this._container.height);
    context.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
    this.draw(context);
  },

  // World pixels of this zoom: stable while the map is dragged, so nothing jumps.
  worldPoint(lat, lon) {
    return this._map.project([lat, lon]);
  },
});

CK.roundBox = (context, x, y, width, height, radius) => {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
};

CK.elide = (context, text, width) => {
  if (context.measureText(text).width <= width) return text;
  let cut = text;
  while (cut && context.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut}…`;
};
