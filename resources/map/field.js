// Many points as arrays: in world units (0..1), with a grid over them for boxes and clicks.
"use strict";

(() => {
  const GRID = 2 ** 14; // cells over the world: at 28 degrees about 2 km wide

  const toWorld = (lon, lat) => {
    const sin = Math.sin((lat * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
  };

  CK.toWorld = toWorld;

  CK.Field = class {
    // `lon` and `lat` are differences to `lon0` and `lat0`: 32 bits then hold millimetres.
    constructor({ count, lon0, lat0, lon, lat, ids }) {
      this.count = count;
      this.ids = ids;
      this.x = new Float64Array(count);
      this.y = new Float64Array(count);
      for (let i = 0; i < count; i += 1) {
        [this.x[i], this.y[i]] = toWorld(lon0 + lon[i], lat0 + lat[i]);
      }
      this._numbers = null;
      this._sort();
    }

    numberOf(id) {
      this._numbers ??= new Map(this.ids.map((one, i) => [one, i]));
      return this._numbers.get(id) ?? -1;
    }

    _sort() {
      const counts = new Map();
      const keys = new Float64Array(this.count);
      for (let i = 0; i < this.count; i += 1) {
        keys[i] = Math.floor(this.x[i] * GRID) * GRID + Math.floor(this.y[i] * GRID);
        counts.set(keys[i], (counts.get(keys[i]) ?? 0) + 1);
      }
      this._cells = new Map(); // key -> [first, end]
      let first = 0;
      for (const [key, count] of counts) {
        this._cells.set(key, [first, first]);
        first += count;
      }
      this._order = new Uint32Array(this.count);
      for (let i = 0; i < this.count; i += 1) {
        const cell = this._cells.get(keys[i]);
        this._order[cell[1]] = i;
        cell[1] += 1;
      }
    }

    // Calls `take(number)` for every point in a box of world units.
    each([left, top, right, bottom], take) {
      const cell = (value) => Math.floor(value * GRID);
      for (let column = cell(left); column <= cell(right); column += 1) {
        for (let row = cell(top); row <= cell(bottom); row += 1) {
          const [first, end] = this._cells.get(column * GRID + row) ?? [0, 0];
          for (let k = first; k < end; k += 1) {
            const i = this._order[k];
            const [x, y] = [this.x[i], this.y[i]];
            if (x >= left && x <= right && y >= top && y <= bottom) take(i);
          }
        }
      }
    }

    // One entry per square of `px` at a zoom: {x, y (world units), count, marked, first}.
    clusters(zoom, px, counts, marks) {
      const squares = 2 ** zoom * (256 / px);
      const found = new Map();
      for (let i = 0; i < this.count; i += 1) {
        if (!counts(i)) continue;
        const key = Math.floor(this.x[i] * squares) * 4294967296 + Math.floor(this.y[i] * squares);
        const known = found.get(key);
        if (known) {
          known.x += this.x[i];
          known.y += this.y[i];
          known.count += 1;
          known.marked += marks(i);
        } else {
          found.set(key, { x: this.x[i], y: this.y[i], count: 1, marked: marks(i), first: i });
        }
      }
      return [...found.values()].map((one) => ({ ...one, x: one.x / one.count, y: one.y / one.count }));
    }
  };

  CK.PILL_CELL_PX = 112;

  // The square of a place in world units, at a world of `size` px.
  CK.pillKey = ({ x, y }, size) => {
    const squares = size / CK.PILL_CELL_PX;
    return Math.floor(x * squares) * 1073741824 + Math.floor(y * squares);
  };

  CK.countText = (count) => {
    if (count < 1000) return String(count);
    if (count < 10000) return `${(Math.floor(count / 100) / 10).toFixed(1)}千`;
    return `${(Math.floor(count / 1000) / 10).toFixed(1)}万`;
  };
})();
