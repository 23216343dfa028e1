// In the worker: names of streets, waters and areas. Placed once per zoom and block of the
// map, so that a name neither jumps while the map is dragged nor breaks at a tile's edge.
"use strict";

(() => {
  const GLYPH_PX = 12;
  const STEP_PX = 14.5; // from one character to the next
  const AGAIN_PX = 460; // the same name comes again
  const FROM_ZOOM = { 1: 12, 2: 13, 3: 14, 4: 16, 5: 17 };
  const BLOCK_PX = 1024; // a street's name stays inside its block
  const CELL_PX = 15;
  const STEEP = 1.7; // steeper than about 60 degrees: characters stand upright, top to bottom
  const WATER_PX = 16;
  const LAKE_FROM_PX = 46; // the side of a lake that may bear its name

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

  // The parts of a line that lie in a box; a segment that crosses its edge is cut there.
  const cutToBox = (line, [left, top, right, bottom]) => {
    const parts = [];
    let part = [];
    const end = () => {
      if (part.length > 1) parts.push(part);
      part = [];
    };
    for (let i = 1; i < line.length; i += 1) {
      const [ax, ay] = line[i - 1];
      const [bx, by] = line[i];
      const [dx, dy] = [bx - ax, by - ay];
      let [from, to] = [0, 1];
      for (const [p, q] of [[-dx, ax - left], [dx, right - ax], [-dy, ay - top], [dy, bottom - ay]]) {
        if (p === 0) {
          if (q < 0) to = -1;
        } else if (p < 0) from = Math.max(from, q / p);
        else to = Math.min(to, q / p);
      }
      if (from >= to) {
        end();
        continue;
      }
      if (from > 0 || !part.length) {
        end();
        part = [[ax + from * dx, ay + from * dy]];
      }
      part.push([ax + to * dx, ay + to * dy]);
      if (to < 1) end();
    }
    end();
    return parts;
  };

  class Occupied {
    constructor(below) {
      this._cells = new Set();
      this._below = below;
    }

    isFree(glyphs, spread) {
      return (!this._below || this._below.isFree(glyphs, spread)) && glyphs.every((glyph) => this._isFree(glyph, spread));
    }

    _isFree({ x, y }, spread) {
      for (let dx = -spread; dx <= spread; dx += 1) {
        for (let dy = -spread; dy <= spread; dy += 1) {
          if (this._cells.has(this._key(x, y, dx, dy))) return false;
        }
      }
      return true;
    }

    take(glyphs) {
      for (const { x, y } of glyphs) this._cells.add(this._key(x, y, 0, 0));
    }

    _key(x, y, dx, dy) {
      return (Math.round(x / CELL_PX) + dx) * 1048576 + Math.round(y / CELL_PX) + dy;
    }
  }

  const named = (glyphs, px, shade) => {
    const xs = glyphs.map(({ x }) => x);
    const ys = glyphs.map(({ y }) => y);
    const box = [Math.min(...xs) - px, Math.min(...ys) - px, Math.max(...xs) + px, Math.max(...ys) + px];
    return { glyphs, px, shade, box };
  };

  CK.Names = class {
    // `sourceOf(zoom, box)` gives the shapes that a place is painted from.
    constructor(city, areas, sourceOf) {
      this._city = city;
      this._areas = areas;
      this._sourceOf = sourceOf;
      this.forgetAll();
    }

    forgetAll() {
      this._labels = new Map(); // zoom -> {names, occupied}
      this._blocks = new Map(); // zoom/x/y -> names
    }

    // A cell came: what was placed there came from the overview.
    forget(x, y, cellSize, origin) {
      for (const key of this._blocks.keys()) {
        const [zoom, column, row] = key.split("/").map(Number);
        if (zoom < 15) continue;
        const size = BLOCK_PX / 2 ** (zoom - CK.UNIT_ZOOM);
        const [left, top] = [x * cellSize - origin[0], y * cellSize - origin[1]];
        const apart =
          column * size > left + cellSize || (column + 1) * size < left || row * size > top + cellSize || (row + 1) * size < top;
        if (!apart) this._blocks.delete(key);
      }
    }

    paint(context, zoom, scale, [left, top, right, bottom]) {
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.lineJoin = "round";
      const block = (value) => Math.floor(value / BLOCK_PX);
      for (let x = block(left); x <= block(right - 0.01); x += 1) {
        for (let y = block(top); y <= block(bottom - 0.01); y += 1) {
          this._paint(context, this._block(zoom, scale, x, y), [left, top, right, bottom]);
        }
      }
      this._paint(context, this._labelled(zoom, scale).names, [left, top, right, bottom]);
    }

    _paint(context, names, [left, top, right, bottom]) {
      for (const name of names) {
        const [x0, y0, x1, y1] = name.box;
        if (x1 < left || x0 > right || y1 < top || y0 > bottom) continue;
        context.font = CK.font(name.px, name.shade === "area");
        context.lineWidth = 3;
        context.strokeStyle = CK.palette.halo;
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

    // ---- labels of waters, greens and areas: few, placed for the whole map ------------------

    _labelled(zoom, scale) {
      if (!this._labels.has(zoom)) this._labels.set(zoom, this._placeLabels(zoom, scale));
      return this._labels.get(zoom);
    }

    _placeLabels(zoom, scale) {
      const occupied = new Occupied(null);
      const names = [];
      const known = new Map();
      for (const label of this._candidates(zoom, scale)) {
        const [x, y] = [label.x * scale, label.y * scale];
        const before = known.get(label.text) ?? [];
        if (before.some((other) => Math.hypot(other[0] - x, other[1] - y) < AGAIN_PX)) continue;
        const glyphs = this._straight(label, x, y);
        if (!occupied.isFree(glyphs, label.px > GLYPH_PX ? 2 : 1)) continue;
        known.set(label.text, [...before, [x, y]]);
        occupied.take(glyphs);
        names.push(named(glyphs, label.px, label.shade));
      }
      return { names, occupied };
    }

    _candidates(zoom, scale) {
      const sizes = new Map(); // name -> the largest side in px
      for (const kind of ["water", "green"]) {
        for (const { box, properties } of this._city.kinds[kind]) {
          if (!properties.name) continue;
          const side = Math.min(box[2] - box[0], box[3] - box[1]) * scale;
          sizes.set(properties.name, Math.max(side, sizes.get(properties.name) ?? 0));
        }
      }
      const places = this._city.kinds.label
        .filter(({ properties }) => this._isSeen(properties, zoom, sizes))
        .map(({ line, properties }) => {
          const wide = properties.of === "water";
          const [x, y] = line[0];
          const tilt = wide ? ((properties.angle_deg ?? 0) * Math.PI) / 180 : 0;
          const text = String(properties.name);
          return { x, y, text, tilt, px: wide ? WATER_PX : GLYPH_PX, step: wide ? 22 : 13, shade: wide ? "name" : "place" };
        });
      const areas = this._areas.labels(zoom).filter(({ text, step, wide }) => wide * scale > text.length * step * 0.9);
      return [...areas.filter(({ shade }) => shade === "area"), ...places, ...areas.filter(({ shade }) => shade !== "area")];
    }

    _isSeen(properties, zoom, sizes) {
      if (properties.from_zoom !== undefined) return zoom >= properties.from_zoom;
      const side = sizes.get(properties.name);
      return side === undefined ? zoom >= 14 : side >= LAKE_FROM_PX;
    }

    _straight({ text, tilt = 0, step }, x, y) {
      const all = [...text];
      return all.map((glyph, i) => {
        const offset = (i - (all.length - 1) / 2) * step;
        return { glyph, x: x + offset * Math.cos(tilt), y: y + offset * Math.sin(tilt), angle: tilt };
      });
    }

    // ---- streets: block by block ------------------------------------------------------------

    _block(zoom, scale, x, y) {
      const key = `${zoom}/${x}/${y}`;
      if (!this._blocks.has(key)) {
        if (this._blocks.size > 200) this._blocks.clear();
        this._blocks.set(key, this._placeBlock(zoom, scale, x, y));
      }
      return this._blocks.get(key);
    }

    _placeBlock(zoom, scale, x, y) {
      const px = [x * BLOCK_PX, y * BLOCK_PX, (x + 1) * BLOCK_PX, (y + 1) * BLOCK_PX];
      const box = px.map((side) => side / scale);
      const occupied = new Occupied(this._labelled(zoom, scale).occupied);
      const names = [];
      const add = (glyphs) => {
        occupied.take(glyphs);
        names.push(named(glyphs, GLYPH_PX, "name"));
      };
      const roads = this._sourceOf(zoom, box)
        .seen("road", box)
        .filter(({ properties: { name, tunnel, class: rank } }) => name && !tunnel && zoom >= (FROM_ZOOM[rank] ?? 17))
        .sort((a, b) => a.properties.class - b.properties.class);
      const given = new Map(); // name -> places, to keep a street from being named twice in a row
      for (const road of roads) {
        const scaled = road.line.map(([lx, ly]) => [lx * scale, ly * scale]);
        for (const part of cutToBox(scaled, px)) {
          this._placeAlong(part, road.properties.name, occupied, given, add);
        }
      }
      return names;
    }

    _placeAlong(line, name, occupied, given, add) {
      const along = lengthsAlong(line);
      const length = along[along.length - 1];
      const text = [...name];
      const width = text.length * STEP_PX;
      if (length < width + 24) return;
      const count = Math.max(1, Math.round(length / AGAIN_PX));
      const known = given.get(name) ?? [];
      for (let i = 0; i < count; i += 1) {
        for (const nudge of [0, -0.22, 0.22, -0.4, 0.4]) {
          const middle = ((i + 0.5 + nudge) * length) / count;
          const glyphs = this._along(line, along, text, middle - width / 2);
          if (!glyphs || !occupied.isFree(glyphs, 1)) continue;
          const { x, y } = glyphs[0];
          if (known.some((other) => Math.hypot(other.x - x, other.y - y) < AGAIN_PX * 0.6)) continue;
          known.push({ x, y });
          add(glyphs);
          break;
        }
      }
      given.set(name, known);
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
