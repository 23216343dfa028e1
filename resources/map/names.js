// Names of streets, waters and places. Placed once per zoom for the whole map, so that a
// name neither jumps while the map is dragged nor breaks at the edge of a tile.
"use strict";

(() => {
  const GLYPH_PX = 12;
  const STEP_PX = 14.5; // from one character to the next
  const AGAIN_PX = 460; // the same name comes again
  const FROM_ZOOM = { 1: 13, 2: 13, 3: 14, 4: 16, 5: 17 };
  const CELL_PX = 15;
  const STEEP = 1.7; // steeper than about 60 degrees: characters stand upright, top to bottom

  const lengthsAlong = (line) => {
    const along = [0];
    for (let i = 1; i < line.length; i += 1) {
      along.push(along[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]));
    }
    return along;
  };

  const at = (line, along, distance) => {
    let i = 1;
    while (i < line.length - 1 && along[i] < distance) i += 1;
    const part = (distance - along[i - 1]) / (along[i] - along[i - 1] || 1);
    const [ax, ay] = line[i - 1];
    const [bx, by] = line[i];
    return { x: ax + part * (bx - ax), y: ay + part * (by - ay), angle: Math.atan2(by - ay, bx - ax) };
  };

  class Occupied {
    constructor() {
      this._cells = new Set();
    }

    isFree(glyphs, spread) {
      return glyphs.every(({ x, y }) => {
        for (let dx = -spread; dx <= spread; dx += 1) {
          for (let dy = -spread; dy <= spread; dy += 1) {
            if (this._cells.has(this._key(x, y, dx, dy))) return false;
          }
        }
        return true;
      });
    }

    take(glyphs) {
      for (const { x, y } of glyphs) this._cells.add(this._key(x, y, 0, 0));
    }

    _key(x, y, dx, dy) {
      return `${Math.round(x / CELL_PX) + dx}:${Math.round(y / CELL_PX) + dy}`;
    }
  }

  CK.Names = class {
    constructor(shapes) {
      this._roads = shapes.road
        .filter(({ properties }) => properties.name && !properties.tunnel)
        .sort((a, b) => a.properties.class - b.properties.class);
      this._labels = shapes.label;
      this._placed = new Map(); // zoom -> labels
    }

    paint(context, zoom, scale, [left, top, right, bottom]) {
      if (!this._placed.has(zoom)) this._placed.set(zoom, this._place(zoom, scale));
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = CK.palette.bg0;
      for (const name of this._placed.get(zoom)) {
        const [x0, y0, x1, y1] = name.box;
        if (x1 < left || x0 > right || y1 < top || y0 > bottom) continue;
        context.font = CK.font(name.px);
        context.fillStyle = CK.palette[name.shade];
        this._eachGlyph(context, name.glyphs, (glyph) => context.strokeText(glyph, 0, 0));
        this._eachGlyph(context, name.glyphs, (glyph) => context.fillText(glyph, 0, 0));
      }
    }

    _eachGlyph(context, glyphs, paint) {
      for (const { glyph, x, y, angle } of glyphs) {
        context.save();
        context.translate(x, y);
        context.rotate(angle);
        paint(glyph);
        context.restore();
      }
    }

    _place(zoom, scale) {
      const occupied = new Occupied();
      const names = [];
      const add = (glyphs, px, shade) => {
        occupied.take(glyphs);
        const xs = glyphs.map(({ x }) => x);
        const ys = glyphs.map(({ y }) => y);
        const box = [Math.min(...xs) - px, Math.min(...ys) - px, Math.max(...xs) + px, Math.max(...ys) + px];
        names.push({ glyphs, px, shade, box });
      };
      for (const label of this._labels) this._placeLabel(label, zoom, scale, occupied, add);
      const given = new Map(); // name -> places, to keep a street from being named twice in a row
      for (const road of this._roads) {
        if (zoom < (FROM_ZOOM[road.properties.class] ?? 17)) continue;
        this._placeAlong(road, scale, occupied, given, add);
      }
      return names;
    }

    _placeLabel({ line, properties }, zoom, scale, occupied, add) {
      if (zoom < (properties.from_zoom ?? 14)) return;
      const wide = properties.of === "water";
      const px = wide ? 16 : GLYPH_PX;
      const step = wide ? 22 : 13;
      const text = [...String(properties.name)];
      const tilt = wide ? ((properties.angle_deg ?? 0) * Math.PI) / 180 : 0;
      const glyphs = text.map((glyph, i) => {
        const offset = (i - (text.length - 1) / 2) * step;
        return {
          glyph,
          x: line[0][0] * scale + offset * Math.cos(tilt),
          y: line[0][1] * scale + offset * Math.sin(tilt),
          angle: tilt,
        };
      });
      if (occupied.isFree(glyphs, 1)) add(glyphs, px, wide ? "name" : "place");
    }

    _placeAlong({ line, properties }, scale, occupied, given, add) {
      const scaled = line.map(([x, y]) => [x * scale, y * scale]);
      const along = lengthsAlong(scaled);
      const length = along[along.length - 1];
      const text = [...properties.name];
      const width = text.length * STEP_PX;
      if (length < width + 24) return;
      const count = Math.max(1, Math.round(length / AGAIN_PX));
      const known = given.get(properties.name) ?? [];
      for (let i = 0; i < count; i += 1) {
        for (const nudge of [0, -0.22, 0.22, -0.4, 0.4]) {
          const middle = ((i + 0.5 + nudge) * length) / count;
          const glyphs = this._along(scaled, along, text, middle - width / 2);
          if (!glyphs || !occupied.isFree(glyphs, 1)) continue;
          const { x, y } = glyphs[0];
          if (known.some((other) => Math.hypot(other.x - x, other.y - y) < AGAIN_PX * 0.6)) continue;
          known.push({ x, y });
          add(glyphs, GLYPH_PX, "name");
          break;
        }
      }
      given.set(properties.name, known);
    }

    _along(line, along, text, start) {
      const end = start + text.length * STEP_PX;
      if (start < 4 || end > along[along.length - 1] - 4) return null;
      const places = text.map((_, i) => at(line, along, start + (i + 0.5) * STEP_PX));
      const first = places[0];
      const last = places[places.length - 1];
      const [dx, dy] = [last.x - first.x, last.y - first.y];
      const steep = Math.abs(dy) > STEEP * Math.abs(dx);
      const backwards = steep ? dy < 0 : dx < 0;
      if (backwards) places.reverse();
      const bends = places.map(({ angle }, i) => (i ? angle - places[i - 1].angle : 0));
      if (bends.some((bend) => Math.abs(Math.atan2(Math.sin(bend), Math.cos(bend))) > 0.5)) return null;
      return places.map(({ x, y, angle }, i) => ({
        glyph: text[i],
        x,
        y,
        angle: steep ? 0 : backwards ? angle + Math.PI : angle,
      }));
    }
  };
})();
