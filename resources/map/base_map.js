// The base map on the page: asks the worker for pictures of tiles and keeps the recent ones.
"use strict";

(() => {
  const TILE_PX = 512;
  const BEYOND_PX = 192; // tiles are asked for a little beyond the view: a drag finds them there
  const KEPT_BYTES = 48 * 2 ** 20;
  const CELL_ZOOM = 15;
  const CELLS_FROM_ZOOM = 15;
  const MOST_CELLS = 48;

  CK.BaseMap = L.GridLayer.extend({
    options: { tileSize: TILE_PX, keepBuffer: 1, updateWhenZooming: false, pane: "tilePane" },

    initialize(options) {
      L.GridLayer.prototype.initialize.call(this, options);
      this.loaded = false;
      this.dataDate = "";
      this.shapes = 0;
      this.paintedTiles = 0;
      this.areas = new Set(); // layers of areas that the worker has
      this._unread = new Set(); // those that have another version than the worker's
      this._shownAreas = [];
      this._version = 0;
      this._kept = new Map(); // key -> canvas that left the screen, oldest first
      this._open = new Map(); // key -> {canvas, done} on screen
      this._asked = [];
      this._hits = new Map();
      this._worker = new Worker("base_worker.js");
      this._worker.onmessage = ({ data }) => this[`_on_${data.kind}`](data);
    },

    onAdd(map) {
      const { lng: lon, lat } = map.getCenter();
      this._say({ kind: "setUp", lon, lat, palette: CK.palette });
      L.GridLayer.prototype.onAdd.call(this, map);
      this.on("tileunload", this._keep, this);
      map.on("moveend", this._askCells, this);
    },

    // False while the platform's layer is not mirrored yet: the document is then null.
    load() {
      this._say({ kind: "load" });
      return new Promise((resolve) => this._asked.push(resolve));
    },

    // A layer that nobody wants to see is not read: the grids of a city are megabytes.
    loadArea(layerId) {
      this._unread.add(layerId);
      this._readAreas();
    },

    _readAreas() {
      for (const layerId of this._shownAreas.filter((one) => this._unread.delete(one))) {
        this._say({ kind: "area", layerId });
      }
    },

    showAreas(layerIds) {
      this._shownAreas = layerIds;
      this._readAreas();
      this._say({ kind: "showAreas", layerIds });
      if (this.loaded) this._repaint();
    },

    showPalette() {
      this._say({ kind: "palette", palette: CK.palette });
      this._repaint();
    },

    // The area of a layer at a place, null for none.
    areaAt(layerId, { lat, lng: lon }) {
      const number = this._hits.size ? Math.max(...this._hits.keys()) + 1 : 1;
      this._say({ kind: "hit", number, layerId, lon, lat });
      return new Promise((resolve) => this._hits.set(number, resolve));
    },

    _say(message) {
      this._worker.postMessage(message);
    },

    // ---- tiles ---------------------------------------------------------------------------

    _getTiledPixelBounds(center) {
      const { min, max } = L.GridLayer.prototype._getTiledPixelBounds.call(this, center);
      return L.bounds(min.subtract([BEYOND_PX, BEYOND_PX]), max.add([BEYOND_PX, BEYOND_PX]));
    },

    createTile(coords, done) {
      const key = `${coords.z}/${coords.x}/${coords.y}`;
      const kept = this._kept.get(key);
      if (kept) {
        this._kept.delete(key);
        this._open.set(key, { canvas: kept, done: null });
        if (kept.ckVersion !== this._version) this._ask(key);
        queueMicrotask(() => done(null, kept));
        return kept;
      }
      const canvas = document.createElement("canvas");
      const ratio = window.devicePixelRatio || 1;
      canvas.width = canvas.height = TILE_PX * ratio;
      canvas.ckKey = key;
      this._open.set(key, { canvas, done });
      this._ask(key);
      return canvas;
    },

    _ask(key) {
      const [z, x, y] = key.split("/").map(Number);
      const ratio = window.devicePixelRatio || 1;
      this._say({ kind: "tile", key, z, x, y, ratio, version: this._version });
    },

    _keep({ tile }) {
      const key = tile.ckKey;
      if (this._open.get(key)?.canvas === tile) this._open.delete(key);
      if (tile.ckVersion === undefined) {
        this._say({ kind: "drop", key });
        return;
      }
      this._kept.set(key, tile);
      const most = KEPT_BYTES / (4 * tile.width * tile.height);
      for (const old of this._kept.keys()) {
        if (this._kept.size <= most) break;
        this._kept.delete(old);
      }
    },

    // Everything is painted anew in its place: no empty map in between.
    _repaint() {
      this._version += 1;
      for (const key of this._open.keys()) this._ask(key);
    },

    _on_tile({ key, version, picture }) {
      const open = this._open.get(key);
      if (!open) {
        picture.close();
        return;
      }
      const { canvas, done } = open;
      if (canvas.width !== picture.width) canvas.width = canvas.height = picture.width;
      canvas.getContext("bitmaprenderer").transferFromImageBitmap(picture);
      canvas.ckVersion = version;
      open.done = null;
      this.paintedTiles += 1;
      done?.(null, canvas);
    },

    _on_failed({ key, text }) {
      console.error(`tile ${key}: ${text}`);
      this._open.get(key)?.done?.(new Error(text), null);
    },

    // ---- what the worker says ------------------------------------------------------------

    _on_loaded({ loaded, bbox, date, shapes }) {
      if (loaded) {
        this.loaded = true;
        this.dataDate = date;
        this.shapes = shapes;
        if (bbox) CK.fence(bbox);
        this._repaint();
        this._askCells();
      }
      for (const resolve of this._asked.splice(0)) resolve(loaded);
    },

    _on_areas({ layerId }) {
      this.areas.add(layerId);
      if (this.loaded) this._repaint();
    },

    _on_hit({ number, found }) {
      this._hits.get(number)?.(found);
      this._hits.delete(number);
    },

    // ---- cells ---------------------------------------------------------------------------

    _askCells() {
      if (!this.loaded || this._map.getZoom() < CELLS_FROM_ZOOM) return;
      const size = 256 * 2 ** (this._map.getZoom() - CELL_ZOOM);
      const { min, max } = this._map.getPixelBounds();
      const centre = min.add(max).divideBy(2);
      const keys = [];
      for (let x = Math.floor((min.x - 64) / size); x <= Math.floor((max.x + 64) / size); x += 1) {
        for (let y = Math.floor((min.y - 64) / size); y <= Math.floor((max.y + 64) / size); y += 1) {
          const away = Math.hypot((x + 0.5) * size - centre.x, (y + 0.5) * size - centre.y);
          keys.push({ key: `${x}/${y}`, away });
        }
      }
      keys.sort((a, b) => a.away - b.away);
      this._say({ kind: "cells", keys: keys.slice(0, MOST_CELLS).map(({ key }) => key) });
    },

    // A cell came: the tiles it lies in are painted from it now.
    _on_cell({ x, y }) {
      for (const [key, { canvas }] of [...this._open, ...[...this._kept].map(([k, c]) => [k, { canvas: c }])]) {
        const [z, column, row] = key.split("/").map(Number);
        if (z < CELLS_FROM_ZOOM) continue;
        const size = 2 ** (CELL_ZOOM - (z - 1)); // sides of a tile in cells: a tile is 512 px wide
        const apart = x < column * size - 0.2 - 1 || x > (column + 1) * size + 0.2 || y < row * size - 1.2 || y > (row + 1) * size + 0.2;
        if (apart) continue;
        if (this._open.has(key)) this._ask(key);
        else canvas.ckVersion = -1; // painted anew when it comes back
      }
    },
  });
})();
