// Vehicles, teams, officers, radios and drones where they last were. What is old is hatched
// and bears its age; what is too old for that is gone from the map.
"use strict";

(() => {
  const KINDS = ["vehicle", "team", "officer", "radio", "drone"];
  const STATES = ["idle", "busy", "off_duty", "offline"];
  const [LIVE, STALE] = [0, 1]; // 2: last known, not drawn
  const PILLS_BELOW_ZOOM = 14;
  const ARROWS_BELOW_ZOOM = 15;
  const CELL_PX = { arrow: 9, mark: 20 };

  const OUTLINES = {
    vehicle: [[0, -9], [6.5, 7], [0, 3.6], [-6.5, 7]],
    team: [[-6.5, -6.5], [6.5, -6.5], [6.5, 6.5], [-6.5, 6.5]],
    radio: [[0, -7.6], [6.6, -3.8], [6.6, 3.8], [0, 7.6], [-6.6, 3.8], [-6.6, -3.8]],
    drone: [[0, -8], [8, 0], [0, 8], [-8, 0]],
  };

  const trace = (context, kind, scale) => {
    context.beginPath();
    const corners = OUTLINES[kind];
    if (!corners) {
      context.arc(0, 0, 7 * scale, 0, 2 * Math.PI);
      return;
    }
    corners.forEach(([x, y], i) => (i ? context.lineTo(x * scale, y * scale) : context.moveTo(x * scale, y * scale)));
    context.closePath();
  };

  const hatch = (context, scale) => {
    context.save();
    context.clip();
    context.strokeStyle = CK.palette.stale;
    context.lineWidth = 1.2;
    context.beginPath();
    for (let d = -16; d <= 16; d += 4) {
      context.moveTo((d - 9) * scale, 9 * scale);
      context.lineTo((d + 9) * scale, -9 * scale);
    }
    context.stroke();
    context.restore();
  };

  const ageText = (age) => (age < 90 ? `${Math.round(age)} s` : `${Math.round(age / 60)} min`);

  CK.UNIT_KINDS = KINDS;

  // A unit as a sign in the legend.
  CK.paintUnitSign = (context, x, y, kind, freshness) => {
    context.save();
    context.translate(x, y);
    trace(context, kind, 1);
    context.fillStyle = freshness === LIVE && kind === "vehicle" ? CK.palette.unit : CK.palette.bg2;
    context.fill();
    context.lineWidth = 1.3;
    context.strokeStyle = freshness === LIVE ? CK.palette.unit : CK.palette.stale;
    context.stroke();
    if (freshness !== LIVE) hatch(context, 1);
    context.restore();
    if (kind === "vehicle") return;
    context.font = CK.font(9.5, true);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = CK.palette.unit;
    context.fillText(CK.words.unitGlyphs[kind] ?? "?", x, y + 0.5);
  };

  CK.Units = CK.Overlay.extend({
    initialize(options) {
      CK.Overlay.prototype.initialize.call(this, options);
      this._data = null;
      this._selected = "";
      this._trail = [];
      this._drawn = [];
      this._seen = null;
    },

    // A packed document, see CK.unpack: lon, lat, heading, age_s, kind, state, freshness.
    show(buffer) {
      this._data = CK.unpack(buffer);
      const { count, lon0, lat0, lon, lat } = this._data;
      this._x = new Float64Array(count);
      this._y = new Float64Array(count);
      for (let i = 0; i < count; i += 1) [this._x[i], this._y[i]] = CK.toWorld(lon0 + lon[i], lat0 + lat[i]);
      const seen = this._inSight();
      if (seen === null || seen !== this._seen) this.redrawCalmly();
      this._seen = seen;
    },

    // What of them can be seen, as a word: most of them move where nobody looks.
    _inSight() {
      const zoom = this._map.getZoom();
      if (!this._bounds || zoom < PILLS_BELOW_ZOOM) return null;
      const size = 256 * 2 ** zoom;
      const origin = this._map.getPixelOrigin();
      const [min, max] = [this._bounds.min.add(origin), this._bounds.max.add(origin)];
      const { ids, heading, kind, state, freshness, age_s: age } = this._data;
      const found = [zoom];
      for (let i = 0; i < this._data.count; i += 1) {
        const [x, y] = [Math.round(this._x[i] * size), Math.round(this._y[i] * size)];
        if (x < min.x || x > max.x || y < min.y || y > max.y || freshness[i] > STALE) continue;
        found.push(ids[i], x, y, Math.round(heading[i]), kind[i], state[i], freshness[i] === LIVE ? "" : ageText(age[i]));
      }
      return found.join();
    },

    select(id) {
      if (id === this._selected) return;
      this._selected = id;
      this._trail = [];
      this.redraw();
    },

    // [[lon, lat], ...], oldest first.
    showTrail({ id, places }) {
      if (id !== this._selected) return;
      this._trail = places.map(([lon, lat]) => CK.toWorld(lon, lat));
      this.redraw();
    },

    count() {
      return this._data?.count ?? 0;
    },

    drawnCount() {
      return this._drawn.length;
    },

    placeOf(id) {
      const i = this._data?.ids.indexOf(id) ?? -1;
      return i < 0 ? null : [this._x[i], this._y[i]];
    },

    draw(context) {
      this._drawn = [];
      if (!this._data) return;
      const zoom = this._map.getZoom();
      const size = 256 * 2 ** zoom;
      const origin = this._map.getPixelOrigin();
      const shown = KINDS.map((kind) => CK.isShown(`unit.${kind}`));
      const place = (i) => [this._x[i] * size - origin.x, this._y[i] * size - origin.y];
      this._paintTrail(context, size, origin);
      if (zoom < PILLS_BELOW_ZOOM) this._paintPills(context, size, origin, shown);
      else this._paintSingly(context, zoom, size, place, shown);
      const i = this._data.ids.indexOf(this._selected);
      if (i >= 0 && this._data.freshness[i] <= STALE) this._paintOne(context, i, ...place(i), true);
    },

    _isDrawn(i, shown) {
      const { kind, state, freshness } = this._data;
      return freshness[i] <= STALE && shown[kind[i]] && (STATES[state[i]] !== "off_duty" || CK.isShown("unit.off_duty"));
    },

    _paintSingly(context, zoom, size, place, shown) {
      const cell = zoom < ARROWS_BELOW_ZOOM ? CELL_PX.arrow : CELL_PX.mark;
      const taken = new Set();
      for (let i = 0; i < this._data.count; i += 1) {
        if (!this._isDrawn(i, shown)) continue;
        const [x, y] = place(i);
        if (!this._bounds.contains([x, y])) continue;
        const key = Math.floor((this._x[i] * size) / cell) * 1073741824 + Math.floor((this._y[i] * size) / cell);
        if (taken.has(key)) continue;
        taken.add(key);
        if (this._data.ids[i] !== this._selected) this._paintOne(context, i, x, y, false, zoom);
      }
    },

    _paintOne(context, i, x, y, selected, zoom = 18) {
      const { kind, heading, state, freshness, age_s: age } = this._data;
      const name = KINDS[kind[i]];
      const small = zoom < ARROWS_BELOW_ZOOM && !selected;
      const scale = small ? 0.62 : selected ? 1.25 : 1;
      const stale = freshness[i] !== LIVE;
      const turned = name === "vehicle" && !Number.isNaN(heading[i]);
      context.save();
      context.translate(x, y);
      if (!turned && !small && !Number.isNaN(heading[i])) this._paintNose(context, heading[i], scale);
      context.rotate(turned ? (heading[i] * Math.PI) / 180 : 0);
      trace(context, name, scale);
      context.lineJoin = "round";
      context.strokeStyle = CK.palette.halo;
      context.lineWidth = small ? 2.5 : 4;
      context.stroke();
      context.fillStyle = this._fill(STATES[state[i]], stale);
      context.fill();
      context.lineWidth = selected ? 2 : 1.3;
      context.strokeStyle = stale ? CK.palette.stale : selected ? CK.palette.focus : CK.palette.unit;
      context.stroke();
      if (stale) hatch(context, scale);
      context.restore();
      if (!small && name !== "vehicle") this._paintGlyph(context, x, y, name, STATES[state[i]], stale);
      if (selected) this._paintRing(context, x, y);
      if (stale && !small) this._paintAge(context, x, y, age[i]);
      this._drawn.push({ id: this._data.ids[i], x, y, reach: small ? 8 : 12 });
    },

    // At work filled, standing by hollow, off duty dark.
    _fill(state, stale) {
      if (stale || state === "offline" || state === "off_duty") return CK.palette.bg1;
      return state === "busy" ? CK.palette.unit : CK.palette.bg2;
    },

    _paintGlyph(context, x, y, name, state, stale) {
      context.font = CK.font(9.5, true);
      context.textAlign = "center";
      context.textBaseline = "middle";
      const filled = state === "busy" && !stale;
      context.fillStyle = filled ? CK.palette.bg1 : stale ? CK.palette.stale : CK.palette.unit;
      context.fillText(CK.words.unitGlyphs[name] ?? "?", x, y + 0.5);
    },

    _paintNose(context, heading, scale) {
      context.save();
      context.rotate((heading * Math.PI) / 180);
      context.beginPath();
      context.moveTo(0, -13 * scale);
      context.lineTo(3.4, -9 * scale);
      context.lineTo(-3.4, -9 * scale);
      context.closePath();
      context.fillStyle = CK.palette.unit;
      context.fill();
      context.restore();
    },

    _paintRing(context, x, y) {
      context.beginPath();
      context.arc(x, y, 17, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = CK.palette.focus;
      context.stroke();
    },

    _paintAge(context, x, y, age) {
      const text = ageText(age);
      context.font = CK.font(11);
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.lineWidth = 3;
      context.strokeStyle = CK.palette.halo;
      context.strokeText(text, x + 12, y);
      context.fillStyle = CK.palette.stale;
      context.fillText(text, x + 12, y);
    },

    // Far out: how many there are, as an arrow and a figure.
    _paintPills(context, size, origin, shown) {
      const found = new Map();
      for (let i = 0; i < this._data.count; i += 1) {
        if (!this._isDrawn(i, shown) || this._data.ids[i] === this._selected) continue;
        const key = CK.pillKey({ x: this._x[i], y: this._y[i] }, size);
        const known = found.get(key) ?? { key, x: 0, y: 0, count: 0, first: i };
        known.x += this._x[i];
        known.y += this._y[i];
        known.count += 1;
        found.set(key, known);
      }
      for (const { key, x, y, count, first } of found.values()) {
        const pill = CK.cameras.pillAt(key);
        const [px, py] = [(x / count) * size - origin.x, (y / count) * size - origin.y];
        if (!this._bounds.contains([px, py])) continue;
        if (pill) this._paintPill(context, pill.x, pill.y + 19, count);
        else if (count === 1) this._paintOne(context, first, px, py, false, PILLS_BELOW_ZOOM);
        else this._paintPill(context, px, py, count);
      }
    },

    _paintPill(context, x, y, count) {
      const text = CK.countText(count);
      context.font = CK.font(12);
      const wide = Math.round(context.measureText(text).width) + 24;
      CK.roundBox(context, Math.round(x - wide / 2) + 0.5, Math.round(y) - 8.5, wide, 17, 8.5);
      context.fillStyle = CK.palette.bg1;
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = CK.palette.line;
      context.stroke();
      context.save();
      context.translate(x - wide / 2 + 10, y);
      trace(context, "vehicle", 0.5);
      context.fillStyle = CK.palette.unit;
      context.fill();
      context.restore();
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.fillStyle = CK.palette.text2;
      context.fillText(text, Math.round(x - wide / 2) + 18, y + 0.5);
      this._drawn.push({ cluster: { x: 0, y: 0, count }, x, y, reach: wide / 2, halfHigh: 9 });
    },

    _paintTrail(context, size, origin) {
      const line = this._trail.map(([x, y]) => [x * size - origin.x, y * size - origin.y]);
      if (line.length < 2) return;
      context.lineJoin = context.lineCap = "round";
      line.slice(1).forEach(([x, y], i) => {
        context.beginPath();
        context.moveTo(...line[i]);
        context.lineTo(x, y);
        context.globalAlpha = 0.25 + (0.75 * (i + 1)) / line.length;
        context.lineWidth = 4.5;
        context.strokeStyle = CK.palette.halo;
        context.stroke();
        context.lineWidth = 2.2;
        context.strokeStyle = CK.palette.text;
        context.stroke();
      });
      context.globalAlpha = 1;
    },

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
})();
