// Cameras: the four of the tiles as numbered white squares, all others as quiet steel glyphs.
"use strict";

(() => {
  const GLYPH_FROM_ZOOM = 16;
  const WEDGE_M = 85;
  const WEDGE_HALF_RAD = (28 * Math.PI) / 180;
  const CELL_PX = 20;

  CK.Cameras = CK.Overlay.extend({
    initialize(options) {
      CK.Overlay.prototype.initialize.call(this, options);
      this._cameras = [];
      this._byId = new Map();
      this._tiles = new Map(); // camera id -> {tile, state}
      this._selected = "";
      this._drawn = [];
      this._squares = [];
    },

    show(cameras) {
      this._cameras = cameras;
      this._byId = new Map(cameras.map((camera) => [camera.id, camera]));
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

    count() {
      return this._cameras.length;
    },

    // The numbered squares as last drawn, in layer points.
    squares() {
      return this._squares;
    },

    countWithin(lat, lon, radiusM) {
      const centre = L.latLng(lat, lon);
      return this._cameras.filter((c) => centre.distanceTo([c.lat, c.lon]) <= radiusM).length;
    },

    draw(context) {
      const origin = this._map.getPixelOrigin();
      const zoom = this._map.getZoom();
      const taken = new Set();
      const inTiles = [];
      this._drawn = [];
      for (const camera of this._cameras) {
        const { x, y } = this.worldPoint(camera.lat, camera.lon).subtract(origin);
        if (!this._bounds.contains([x, y])) continue;
        const tile = this._tiles.get(camera.id);
        if (tile) inTiles.push({ camera, tile, x, y });
        else this._paintOther(context, camera, x, y, zoom, taken, origin);
      }
      for (const { camera, x, y } of inTiles) this._paintWedge(context, camera, x, y);
      this._squares = this._apart(inTiles);
      for (const mark of this._squares) this._paintTile(context, mark);
    },

    _paintOther(context, camera, x, y, zoom, taken, origin) {
      const selected = camera.id === this._selected;
      const cell = `${Math.floor((x + origin.x) / CELL_PX)}:${Math.floor((y + origin.y) / CELL_PX)}`;
      if (taken.has(cell) && !selected) return;
      taken.add(cell);
      if (selected) this._paintWedge(context, camera, x, y);
      context.globalAlpha = camera.online ? 1 : 0.45;
      if (zoom < GLYPH_FROM_ZOOM && !selected) {
        context.fillStyle = CK.palette.accent;
        context.fillRect(x - 2, y - 2, 4, 4);
      } else {
        this._paintGlyph(context, x, y, camera, selected);
      }
      context.globalAlpha = 1;
      this._drawn.push({ id: camera.id, x, y, reach: 12 });
    },

    _paintGlyph(context, x, y, camera, selected) {
      CK.roundBox(context, x - 9, y - 9, 18, 18, 3);
      context.fillStyle = CK.palette.bg2;
      context.fill();
      context.lineWidth = selected ? 2 : 1;
      context.strokeStyle = selected ? CK.palette.focus : CK.palette.line;
      context.stroke();
      context.fillStyle = CK.palette.accent;
      CK.roundBox(context, x - 6, y - 3.5, 8, 7, 1.5);
      context.fill();
      context.beginPath();
      context.moveTo(x + 2.5, y - 0.8);
      context.lineTo(x + 6, y - 3.2);
      context.lineTo(x + 6, y + 3.2);
      context.lineTo(x + 2.5, y + 0.8);
      context.fill();
      if (camera.online) return;
      context.strokeStyle = CK.palette.text2;
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(x - 6, y + 6);
      context.lineTo(x + 6, y - 6);
      context.stroke();
    },

    _paintWedge(context, camera, x, y) {
      if (camera.heading === null || camera.heading === undefined) return;
      const radius = Math.max(26, (WEDGE_M / CK.metresPerPixel(this._map)) | 0);
      const middle = ((camera.heading - 90) * Math.PI) / 180;
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

    _paintTile(context, { camera, tile, x, y, root }) {
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
      if (camera.id === this._selected) {
        CK.roundBox(context, x - 13, y - 13, 26, 26, 6);
        context.lineWidth = 2;
        context.strokeStyle = CK.palette.focus;
        context.stroke();
      }
      context.font = CK.font(12, true);
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = frozen ? CK.palette.stale : CK.palette.ink;
      context.fillText(String(tile.tile), x, y + 0.5);
      this._drawn.push({ id: camera.id, x, y, reach: 14 });
    },

    hit(point) {
      const near = this._drawn
        .map((mark) => ({ mark, away: Math.hypot(mark.x - point.x, mark.y - point.y) }))
        .filter(({ mark, away }) => away <= mark.reach)
        .sort((a, b) => a.away - b.away);
      return near[0]?.mark.id ?? "";
    },
  });

  CK.metresPerPixel = (map) => {
    const centre = map.getCenter();
    return (156543.03392 * Math.cos((centre.lat * Math.PI) / 180)) / 2 ** map.getZoom();
  };
})();
