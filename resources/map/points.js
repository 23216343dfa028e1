// Measured points with their value and the colour of the line they stand above; the items of
// the city (covers, lamps, ...) near. Quiet while they are below every line.
"use strict";

(() => {
  const FROM_ZOOM = 13;
  const MARKS_FROM_ZOOM = 15;
  const VALUES_FROM_ZOOM = 16;
  const ITEMS_FROM_ZOOM = 17;
  const CELL_PX = 26;
  const RANK = { red: 3, orange: 2, yellow: 1, blue: 0 };

  CK.Points = CK.Overlay.extend({
    initialize(options) {
      CK.Overlay.prototype.initialize.call(this, options);
      this._points = [];
      this._items = [];
      this._itemsOf = "";
      this._drawn = [];
      this._seen = null;
      this._texts = []; // boxes where no value may stand, in layer points
    },

    onAdd(map) {
      map.on("moveend", this._askItems, this);
    },

    // [{id, lon, lat, class, name, text, level, part}], `part` of the highest line, or null.
    show(points) {
      this._points = points.map((point) => {
        const [wx, wy] = CK.toWorld(point.lon, point.lat);
        return { ...point, wx, wy };
      });
      this._points.sort((a, b) => (RANK[b.level] ?? -1) - (RANK[a.level] ?? -1));
      const seen = this._inSight();
      if (seen !== this._seen) this.redrawCalmly();
      this._seen = seen;
    },

    // What of them can be seen, as a word: most values change where nobody looks.
    _inSight() {
      if (!this._bounds) return null;
      const size = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const { min, max } = this._bounds;
      const [left, top, right, bottom] = [min.x + origin.x, min.y + origin.y, max.x + origin.x, max.y + origin.y];
      return this._points
        .filter(({ wx, wy }) => wx * size >= left && wx * size <= right && wy * size >= top && wy * size <= bottom)
        .map(({ id, text, level, part, stale }) => [id, text, level, part, stale].join())
        .join(";");
    },

    count() {
      return this._points.length;
    },

    drawnCount() {
      return this._drawn.length;
    },

    itemCount() {
      return this._items.length;
    },

    // Items are asked for where the map stands, and only near.
    async _askItems() {
      const near = this._map.getZoom() >= ITEMS_FROM_ZOOM && CK.isShown("items");
      if (!near) {
        if (this._items.length) {
          this._items = [];
          this.redraw();
        }
        this._itemsOf = "";
        return;
      }
      const { _southWest: low, _northEast: high } = this._map.getBounds().pad(0.2);
      const grid = (value, up) => (up ? Math.ceil(value * 500) : Math.floor(value * 500)) / 500;
      const box = [grid(low.lng, 0), grid(low.lat, 0), grid(high.lng, 1), grid(high.lat, 1)].join(",");
      const classes = CK.itemClasses.filter((one) => CK.isShown(`item.${one}`)).join(",");
      const of = `${box}/${classes}`;
      if (of === this._itemsOf) return;
      this._itemsOf = of;
      const answer = await fetch(`assets/${of}.json`, { cache: "no-store" }).catch(() => null);
      if (this._itemsOf !== of) return;
      const items = answer?.ok ? await answer.json() : [];
      this._items = items.map((item) => {
        const [wx, wy] = CK.toWorld(item.lon, item.lat);
        return { ...item, wx, wy };
      });
      this.redraw();
    },

    refreshItems() {
      this._itemsOf = "";
      this._askItems();
    },

    draw(context) {
      this._drawn = [];
      const zoom = this._map.getZoom();
      const size = 256 * 2 ** zoom;
      const origin = this._map.getPixelOrigin();
      const place = ({ wx, wy }) => [wx * size - origin.x, wy * size - origin.y];
      if (zoom >= ITEMS_FROM_ZOOM) for (const item of this._items) this._paintItem(context, item, ...place(item));
      const taken = new Set();
      const around = (half) => (mark) => ({ x: mark.x - half, y: mark.y - half, wide: 2 * half, high: 2 * half });
      this._texts = [
        ...CK.cameras.squares().map(around(12)),
        ...(CK.alarms?.drawnMarks() ?? []).map(around(14)),
      ];
      for (const point of this._points) {
        const above = point.level === "red" || point.level === "orange";
        if ((zoom < FROM_ZOOM && !above) || !CK.isShown(`point.${point.class}`)) continue;
        const [x, y] = place(point);
        if (!this._bounds.contains([x, y])) continue;
        const key = `${Math.floor((point.wx * size) / CELL_PX)}:${Math.floor((point.wy * size) / CELL_PX)}`;
        if (taken.has(key)) continue;
        taken.add(key);
        const calm = !point.level || point.level === "normal";
        if (zoom < MARKS_FROM_ZOOM + (calm ? 1 : 0) && !above) this._paintSmall(context, x, y, point);
        else this._paintPoint(context, point, x, y, zoom);
        this._drawn.push({ id: point.id, kind: "point", x, y, reach: 10 });
      }
    },

    _paintSmall(context, x, y, { level, stale }) {
      context.fillStyle = this._hue(level, stale);
      context.beginPath();
      context.arc(x, y, 2, 0, 2 * Math.PI);
      context.fill();
    },

    _hue(level, stale) {
      if (stale) return CK.palette.stale;
      return level && level !== "normal" ? CK.levelColour(level) : CK.palette.normal;
    },

    // A gauge: a column filled as far as the value goes towards the highest line.
    _paintPoint(context, { level, text, part, stale }, x, y, zoom) {
      const hue = this._hue(level, stale);
      CK.roundBox(context, x - 4.5, y - 8.5, 9, 17, 2);
      context.fillStyle = CK.palette.bg1;
      context.strokeStyle = CK.palette.halo;
      context.lineWidth = 4;
      context.stroke();
      context.fill();
      if (part !== null && part !== undefined) {
        const high = 15 * Math.min(1, Math.max(0.06, part));
        context.fillStyle = hue;
        context.fillRect(x - 3, y + 7 - high, 6, high);
      }
      CK.roundBox(context, x - 4.5, y - 8.5, 9, 17, 2);
      context.lineWidth = 1.4;
      context.strokeStyle = hue;
      context.stroke();
      const loud = level === "red" || level === "orange";
      if (text && (zoom >= VALUES_FROM_ZOOM || (loud && zoom >= FROM_ZOOM))) this._paintText(context, text, x + 9, y, loud ? hue : CK.palette.text2);
    },

    // On a ground of its own, where it hides no numbered picture, no alarm and no graver value.
    _paintText(context, text, x, y, colour) {
      context.font = CK.font(12);
      const box = { x: x - 3, y: y - 9, wide: Math.ceil(context.measureText(text).width) + 6, high: 18 };
      if (!this._isFree(box)) return;
      this._texts.push(box);
      context.globalAlpha = 0.82;
      context.fillStyle = CK.palette.bg1;
      CK.roundBox(context, box.x, box.y, box.wide, box.high, 3);
      context.fill();
      context.globalAlpha = 1;
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeStyle = CK.palette.halo;
      context.strokeText(text, x, y);
      context.fillStyle = colour;
      context.fillText(text, x, y);
    },

    _isFree({ x, y, wide, high }) {
      const meets = (o) => x < o.x + o.wide && o.x < x + wide && y < o.y + o.high && o.y < y + high;
      return !this._texts.some(meets);
    },

    _paintItem(context, item, x, y) {
      if (!this._bounds.contains([x, y])) return;
      const half = item.odd || this._map.getZoom() >= 18 ? 3 : 2;
      context.beginPath();
      if (item.class === "manhole") context.arc(x, y, half, 0, 2 * Math.PI);
      else context.rect(x - half, y - half, 2 * half, 2 * half);
      context.fillStyle = CK.palette.bg1;
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = item.odd ? CK.palette.text : CK.palette.place;
      context.stroke();
      this._drawn.push({ id: item.id, kind: "item", x, y, reach: 6 });
    },

    hit(point) {
      let [best, nearest] = [null, Infinity];
      for (const mark of this._drawn) {
        const away = Math.hypot(mark.x - point.x, mark.y - point.y);
        if (away <= mark.reach && away < nearest) [best, nearest] = [mark, away];
      }
      return best;
    },
  });
})();
