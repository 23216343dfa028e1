// Cameras: the four of the tiles as numbered white squares, all others quiet: counts far out,
// dots nearer, glyphs by kind near. 50,000 of them are arrays, never objects.
"use strict";

(() => {
  const DOTS_FROM_ZOOM = 15;
  const GLYPH_FROM_ZOOM = 16;
  const DOT_CELL_PX = 9;
  const GLYPH_CELL_PX = 22;
  const BOXED_FROM_ZOOM = 17;
  const WEDGE_M = 85;
  const WEDGE_HALF_RAD = (28 * Math.PI) / 180;
  const ONLINE = 1;

  CK.Cameras = CK.Overlay.extend({
    initialize(options) {
      CK.Overlay.prototype.initialize.call(this, options);
      this._field = null;
      this._tiles = new Map(); // camera id -> {tile, state}
      this._selected = "";
      this._drawn = [];
      this._squares = [];
      this._clusters = new Map(); // zoom -> clusters
    },

    // A packed document, see CK.unpack: columns lon, lat, heading, kind, state.
    show(buffer) {
      this._data = CK.unpack(buffer);
      this._field = new CK.Field(this._data);
      this._clusters.clear();
      this.redraw();
    },

    showTiles(tiles) {
      this._tiles = new Map(tiles.map((tile) => [tile.id, tile]));
      this.redraw();
    },

    select(id) {
      if (id === this._selected) return;
      this._selected = id;
      this.redraw();
    },

    showKinds() {
      this._clusters.clear();
      this.redraw();
    },

    count() {
      return this._field?.count ?? 0;
    },

    // The numbered squares as last drawn, in layer points.
    squares() {
      return this._squares;
    },

    // Where the pill of the same square stands, for the pill of the units below it.
    pillAt(key) {
      return this._pills?.get(key);
    },

    drawnCount() {
      return this._drawn.length;
    },

    countWithin(lat, lon, radiusM) {
      if (!this._field) return 0;
      const [x, y] = CK.toWorld(lon, lat);
      const reach = radiusM / (40075016.68 * Math.cos((lat * Math.PI) / 180));
      let found = 0;
      this._field.each([x - reach, y - reach, x + reach, y + reach], (i) => {
        if (Math.hypot(this._field.x[i] - x, this._field.y[i] - y) <= reach) found += 1;
      });
      return found;
    },

    _isShown() {
      const shown = CK.CAMERA_KINDS.map((kind) => CK.isShown(`camera.${kind}`));
      const offline = CK.isShown("camera.offline");
      const { kind, state } = this._data;
      return (i) => shown[kind[i]] && (offline || (state[i] & ONLINE) === 1);
    },

    draw(context) {
      this._drawn = [];
      this._squares = [];
      this._pills = new Map(); // key of the square -> where its pill stands
      if (!this._field) return;
      const zoom = this._map.getZoom();
      const inTiles = this._inTiles();
      if (zoom < DOTS_FROM_ZOOM) this._paintPills(context, zoom);
      else this._paintSingly(context, zoom, inTiles);
      this._paintSelected(context, inTiles);
      for (const mark of inTiles) this._paintWedge(context, mark.number, mark.x, mark.y);
      this._squares = this._apart(inTiles);
    },

    // The numbered pictures stand above gauges and vehicles.
    drawAbove(context) {
      for (const mark of this._squares) this._paintTile(context, mark);
    },

    _point(i) {
      const size = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      return [this._field.x[i] * size - origin.x, this._field.y[i] * size - origin.y];
    },

    _inTiles() {
      const found = [];
      for (const tile of this._tiles.values()) {
        const number = this._field.numberOf(tile.id);
        if (number < 0) continue;
        const [x, y] = this._point(number);
        if (this._bounds.contains([x, y])) found.push({ id: tile.id, number, tile, x, y });
      }
      return found;
    },

    _paintPills(context, zoom) {
      if (!this._clusters.has(zoom)) {
        const { state } = this._data;
        const off = (i) => ((state[i] & ONLINE) === 1 ? 0 : 1);
        this._clusters.set(zoom, this._field.clusters(zoom, CK.PILL_CELL_PX, this._isShown(), off));
      }
      const size = 256 * 2 ** zoom;
      const origin = this._map.getPixelOrigin();
      for (const cluster of this._clusters.get(zoom)) {
        const [x, y] = [cluster.x * size - origin.x, cluster.y * size - origin.y];
        if (!this._bounds.contains([x, y])) continue;
        if (cluster.count === 1) {
          this._paintDot(context, cluster.first, x, y);
          this._drawn.push({ id: this._field.ids[cluster.first], x, y, reach: 8, halfHigh: 8 });
          continue;
        }
        const { wide, high } = CK.paintPill(context, x, y, cluster.count, cluster.marked / cluster.count);
        this._pills.set(CK.pillKey(cluster, size), { x, y });
        this._drawn.push({ cluster, x, y, reach: wide / 2, halfHigh: high / 2 });
      }
    },

    _paintSingly(context, zoom, inTiles) {
      const near = zoom >= GLYPH_FROM_ZOOM;
      const cell = near ? GLYPH_CELL_PX : DOT_CELL_PX;
      const size = 256 * 2 ** zoom;
      const origin = this._map.getPixelOrigin();
      const { min, max } = this._bounds;
      const box = [min.x, min.y, max.x, max.y].map((px, i) => (px + (i % 2 ? origin.y : origin.x)) / size);
      const taken = new Set();
      const numbered = new Set(inTiles.map(({ number }) => number));
      const isShown = this._isShown();
      this._field.each(box, (i) => {
        if (!isShown(i) || numbered.has(i)) return;
        const [wx, wy] = [this._field.x[i] * size, this._field.y[i] * size];
        const key = Math.floor(wx / cell) * 1073741824 + Math.floor(wy / cell);
        if (taken.has(key)) return;
        taken.add(key);
        const [x, y] = [wx - origin.x, wy - origin.y];
        if (near) this._paintGlyph(context, i, x, y, zoom);
        else this._paintDot(context, i, x, y);
        this._drawn.push({ id: this._field.ids[i], x, y, reach: near ? 12 : 7 });
      });
    },

    _isOnline(i) {
      return (this._data.state[i] & ONLINE) === 1;
    },

    _paintDot(context, i, x, y) {
      if (this._isOnline(i)) {
        context.fillStyle = CK.palette.quiet;
        context.fillRect(x - 1.5, y - 1.5, 3, 3);
        return;
      }
      context.strokeStyle = CK.palette.border;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x - 2.5, y - 2.5);
      context.lineTo(x + 2.5, y + 2.5);
      context.moveTo(x + 2.5, y - 2.5);
      context.lineTo(x - 2.5, y + 2.5);
      context.stroke();
    },

    _paintGlyph(context, i, x, y, zoom) {
      const online = this._isOnline(i);
      const heading = this._data.heading[i];
      const boxed = zoom >= BOXED_FROM_ZOOM;
      if (online && !Number.isNaN(heading)) this._paintNose(context, x, y, heading, boxed ? 13 : 8.5);
      CK.stampCamera(context, x, y, CK.CAMERA_KINDS[this._data.kind[i]], online, !boxed);
    },

    // Where it looks: a small wedge at the edge of the glyph.
    _paintNose(context, x, y, heading, reach) {
      const middle = ((heading - 90) * Math.PI) / 180;
      const at = (far, angle) => [x + far * Math.cos(middle + angle), y + far * Math.sin(middle + angle)];
      context.beginPath();
      context.moveTo(...at(reach + 5, 0));
      context.lineTo(...at(reach, -0.38));
      context.lineTo(...at(reach, 0.38));
      context.closePath();
      context.fillStyle = CK.palette.quiet;
      context.fill();
    },

    _paintSelected(context, inTiles) {
      const number = this._selected ? this._field.numberOf(this._selected) : -1;
      if (number < 0 || inTiles.some((mark) => mark.number === number)) return;
      const [x, y] = this._point(number);
      if (!this._bounds.contains([x, y])) return;
      this._paintWedge(context, number, x, y);
      const kind = CK.CAMERA_KINDS[this._data.kind[number]];
      CK.paintCamera(context, x, y, kind, { selected: true, online: this._isOnline(number) });
      this._drawn.push({ id: this._selected, x, y, reach: 12 });
    },

    _paintWedge(context, number, x, y) {
      const heading = this._data.heading[number];
      if (Number.isNaN(heading)) return;
      const radius = Math.max(26, (WEDGE_M / CK.metresPerPixel(this._map)) | 0);
      const middle = ((heading - 90) * Math.PI) / 180;
      context.beginPath();
      context.moveTo(x, y);
      context.arc(x, y, radius, middle - WEDGE_HALF_RAD, middle + WEDGE_HALF_RAD);
      context.closePath();
      context.fillStyle = CK.palette.accent;
      context.globalAlpha = 0.2;
      context.fill();
      context.globalAlpha = 0.45;
      context.lineWidth = 1;
      context.strokeStyle = CK.palette.accent;
      context.stroke();
      context.globalAlpha = 1;
    },

    // Two tiles may show the same place: their squares stand side by side.
    _apart(marks) {
      const free = [];
      const alarms = CK.alarms?.drawnMarks() ?? [];
      for (const mark of marks.sort((a, b) => a.tile.tile - b.tile.tile)) {
        const clashes = (x, y) =>
          free.some((o) => Math.abs(o.x - x) < 24 && Math.abs(o.y - y) < 24) ||
          alarms.some((o) => Math.hypot(o.x - x, o.y - y) < (o.selected ? 43 : 26));
        const tries = [[0, 0]];
        for (const reach of [26, 36, 46, 58, 72]) {
          for (let i = 0; i < 8; i += 1) {
            tries.push([reach * Math.cos((i * Math.PI) / 4), reach * Math.sin((i * Math.PI) / 4)]);
          }
        }
        const [dx, dy] = tries.find(([tx, ty]) => !clashes(mark.x + tx, mark.y + ty)) ?? [0, 0];
        free.push({ ...mark, x: mark.x + dx, y: mark.y + dy, root: [mark.x, mark.y] });
      }
      return free;
    },

    _paintTile(context, { id, tile, x, y, root }) {
      const frozen = tile.state === "stalled" || tile.state === "retry";
      if (root[0] !== x || root[1] !== y) {
        context.strokeStyle = CK.palette.accent;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(root[0], root[1]);
        context.lineTo(x, y);
        context.stroke();
        context.fillStyle = CK.palette.accent;
        context.beginPath();
        context.arc(root[0], root[1], 2.5, 0, 2 * Math.PI);
        context.fill();
      }
      CK.roundBox(context, x - 10, y - 10, 20, 20, 4);
      context.lineWidth = 4;
      context.strokeStyle = CK.palette.bg0;
      context.stroke();
      context.fillStyle = frozen ? CK.palette.bg0 : CK.palette.text;
      context.fill();
      if (frozen) {
        context.setLineDash([3, 2.2]);
        context.lineWidth = 2;
        context.strokeStyle = CK.palette.stale;
        context.stroke();
        context.setLineDash([]);
      }
      if (id === this._selected) {
        CK.roundBox(context, x - 13, y - 13, 26, 26, 6);
        context.lineWidth = 2;
        context.strokeStyle = CK.palette.focus;
        context.stroke();
      }
      context.font = CK.font(12, true);
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = frozen ? CK.palette.stale : CK.palette.bg0;
      context.fillText(String(tile.tile), x, y + 0.5);
      this._drawn.push({ id, x, y, reach: 14 });
    },

    // The mark under a place: {id}, or {cluster} for a pill; null for none.
    hit(point) {
      let [best, nearest] = [null, Infinity];
      for (const mark of this._drawn) {
        const [dx, dy] = [Math.abs(mark.x - point.x), Math.abs(mark.y - point.y)];
        if (dx > mark.reach || dy > (mark.halfHigh ?? mark.reach)) continue;
        const away = Math.hypot(dx, dy);
        if (away < nearest) [best, nearest] = [mark, away];
      }
      return best;
    },
  });

  CK.metresPerPixel = (map) => {
    const centre = map.getCenter();
    return (156543.03392 * Math.cos((centre.lat * Math.PI) / 180)) / 2 ** map.getZoom();
  };
})();
