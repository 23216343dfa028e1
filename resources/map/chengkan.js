// What every layer of the page shares: palette, type, and the geometry of the levels' shapes.
// Text from outside is only ever drawn (fillText) or set as textContent, never parsed.
"use strict";

const CK = (window.CK = { palette: {}, words: {} });
const CITY_ZOOM = 12; // a map of one small place can still be seen from farther away
const CALM_MS = 950; // a little less than the second at which the station tells

CK.FAMILY = '"Noto Sans CJK SC", "Noto Sans SC", sans-serif';

CK.font = (px, bold) => `${bold ? 700 : 400} ${px}px ${CK.FAMILY}`;

CK.setUp = (map, options) => {
  CK.map = map;
  CK.palettes = options.palettes;
  CK.words = options.words;
  CK.home = { center: map.getCenter(), zoom: map.getZoom() };
  CK.theme = "";
  CK.wear(options.theme);
};

// Takes the colours of a theme; true when they are other ones than before.
CK.wear = (theme) => {
  const palette = CK.palettes[theme];
  if (!palette || theme === CK.theme) return false;
  CK.theme = theme;
  CK.palette = palette;
  const { style, dataset } = document.documentElement;
  for (const [name, colour] of Object.entries(palette)) style.setProperty(`--${name}`, colour);
  dataset.theme = theme;
  return true;
};

// Which layers are shown; everything until the station says which.
CK.hidden = new Set();
CK.itemClasses = [];
CK.isShown = (layerId) => !CK.hidden.has(layerId);

// Keeps the view near the base map: the city's edge is a line, and beyond it there is nothing.
CK.fence = ([west, south, east, north]) => {
  CK.bounds = L.latLngBounds([south, west], [north, east]);
  CK.map.setMaxBounds(CK.bounds.pad(0.15));
  CK.map.off("resize", keepLarge).on("resize", keepLarge);
  keepLarge();
};

// No farther out than where the whole city is in sight: farther it only becomes smaller.
const keepLarge = () => {
  const { options } = CK.map;
  const { x, y } = CK.map.getSize();
  if (!x || !y) return; // a hidden map
  options.ckLeastZoom ??= options.minZoom;
  options.minZoom = options.ckLeastZoom; // asked below, and no bound of it
  CK.map.setMinZoom(Math.min(CK.map.getBoundsZoom(CK.bounds), CITY_ZOOM));
};

// A packed document: the length of a header, the header as JSON, then columns, each on a
// multiple of four bytes. Gives the header's facts, the columns by name, and the ids.
CK.unpack = (buffer) => {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const KINDS = { f4: Float32Array, u1: Uint8Array, u2: Uint16Array };
  const up = (place) => Math.ceil(place / 4) * 4;
  let place = up(4 + length);
  const found = { ...header };
  for (const [name, kind] of header.columns) {
    found[name] = new KINDS[kind](buffer, place, header.count);
    place = up(place + found[name].byteLength);
  }
  const text = new TextDecoder().decode(new Uint8Array(buffer, place));
  found.ids = text ? text.split("\n") : [];
  return found;
};

// A canvas over the map that follows it: Leaflet's renderer keeps it in place while the map
// is dragged and zoomed. Every such canvas costs each frame of a drag its whole size, so
// several layers share one: they are painted one above the other, in layer points.
CK.Sheet = L.Renderer.extend({
  // Each is there three times, here and in the window: what it is larger than the map costs.
  options: { padding: 0.18, pane: "overlayPane" },

  initialize(options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._painted = [];
    this._waits = 0;
    this._later = 0;
    this._paintedAt = -Infinity;
  },

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
    cancelAnimationFrame(this._waits);
    clearTimeout(this._later);
    this._container.remove();
    delete this._context;
  },

  _updatePaths() {},

  take(layer) {
    this._painted.push(layer);
    this.redraw();
  },

  bounds() {
    return this._bounds;
  },

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
    const [wide, high] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    this._paint();
  },

  // Several layers that change in one turn are painted once, before the next frame.
  redraw() {
    if (!this._waits) this._waits = requestAnimationFrame(() => this._paint());
  },

  // What moves or counts by itself: painted with whatever else changes, once a second at most.
  redrawCalmly() {
    if (this._waits || this._later) return;
    const rest = Math.max(0, CALM_MS - (performance.now() - this._paintedAt));
    this._later = setTimeout(() => {
      this._later = 0;
      this.redraw();
    }, rest);
  },

  _paint() {
    cancelAnimationFrame(this._waits);
    clearTimeout(this._later);
    this._waits = this._later = 0;
    if (!this._context || !this._bounds) return;
    const started = (this._paintedAt = performance.now());
    const ratio = window.devicePixelRatio || 1;
    const { min } = this._bounds;
    const context = this._context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this._container.width, this._container.height);
    context.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
    for (const layer of this._painted) layer.draw(context);
    for (const layer of this._painted) layer.drawAbove?.(context);
    this.paintMs = performance.now() - started;
  },
});

// One layer of a sheet: `draw(context)` paints in layer points, between `_bounds`.
CK.Overlay = L.Class.extend({
  initialize(options) {
    L.setOptions(this, options);
  },

  addTo(map) {
    this._map = map;
    this.onAdd?.(map);
    this._sheet = this.options.sheet === "top" ? CK.topSheet : CK.markSheet;
    this._sheet.take(this);
    return this;
  },

  _viewBounds() {
    return this._sheet._viewBounds();
  },

  redraw() {
    this._sheet?.redraw();
  },

  redrawCalmly() {
    this._sheet?.redrawCalmly();
  },

  // World pixels of this zoom: stable while the map is dragged, so nothing jumps.
  worldPoint(lat, lon) {
    return this._map.project([lat, lon]);
  },
});

// What is painted at present; not among the members above, where it would be read at once.
Object.defineProperty(CK.Overlay.prototype, "_bounds", {
  get() {
    return this._sheet.bounds();
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
