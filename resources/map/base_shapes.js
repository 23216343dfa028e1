// In the worker: the features of the base map as paths, thinned for the zoom they are drawn at.
"use strict";

(() => {
  const UNIT_ZOOM = 16; // shapes are kept in world pixels of this zoom, relative to an origin
  const FULL_FROM_ZOOM = 14;
  const KINDS = ["block", "green", "water", "building", "road", "bridge", "label"];

  CK.UNIT_ZOOM = UNIT_ZOOM;

  CK.unitPoint = (lon, lat) => {
    const size = 256 * 2 ** UNIT_ZOOM;
    const sin = Math.sin((lat * Math.PI) / 180);
    return [
      size * (lon / 360 + 0.5),
      size * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)),
    ];
  };

  const rings = (geometry) =>
    ({
      Polygon: () => geometry.coordinates,
      MultiPolygon: () => geometry.coordinates.flat(),
      LineString: () => [geometry.coordinates],
      MultiLineString: () => geometry.coordinates,
      Point: () => [[geometry.coordinates]],
    })[geometry.type]?.() ?? [];

  // Douglas-Peucker without recursion; keeps the ends.
  const thin = (line, tolerance) => {
    if (line.length < 3) return line;
    const keep = new Uint8Array(line.length);
    keep[0] = keep[line.length - 1] = 1;
    const open = [[0, line.length - 1]];
    while (open.length) {
      const [first, last] = open.pop();
      const [ax, ay] = line[first];
      const [bx, by] = line[last];
      const [dx, dy] = [bx - ax, by - ay];
      const length = Math.hypot(dx, dy) || 1;
      let [worst, at] = [tolerance, -1];
      for (let i = first + 1; i < last; i += 1) {
        const [x, y] = line[i];
        const away =
          dx || dy ? Math.abs(dy * (x - ax) - dx * (y - ay)) / length : Math.hypot(x - ax, y - ay);
        if (away > worst) [worst, at] = [away, i];
      }
      if (at < 0) continue;
      keep[at] = 1;
      open.push([first, at], [at, last]);
    }
    return line.filter((_, i) => keep[i]);
  };

  // Places of many shapes in one array: pairs of numbers, 32 bits hold a city to the millimetre.
  // As lists of their own they took eight times as much.
  class Places {
    constructor(features) {
      let count = 0;
      for (const { geometry } of features) for (const ring of rings(geometry)) count += ring.length;
      this.at = new Float32Array(2 * count);
      this.end = 0;
    }
  }

  class Shape {
    constructor({ geometry, properties }, origin, places = new Places([{ geometry }])) {
      this.properties = properties;
      this.closed = geometry.type.endsWith("Polygon");
      this.box = [Infinity, Infinity, -Infinity, -Infinity];
      this._at = places.at;
      this._ends = [places.end]; // where each ring ends, after where the first begins
      for (const ring of rings(geometry)) {
        for (const place of ring) this._put(place, origin, places);
        this._ends.push(places.end);
      }
      this._paths = new Map(); // zoom of the band -> Path2D
    }

    _put([lon, lat], [originX, originY], places) {
      let [x, y] = CK.unitPoint(lon, lat);
      x -= originX;
      y -= originY;
      const { box } = this;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
      this._at[places.end] = x;
      this._at[places.end + 1] = y;
      places.end += 2;
    }

    // Pairs, made anew for each asker: who needs them is seldom and does not keep them.
    get lines() {
      return this._ends.slice(1).map((_, i) => this._ring(i));
    }

    get line() {
      return this._ends.length > 1 ? this._ring(0) : [];
    }

    _ring(number) {
      const found = [];
      for (let i = this._ends[number]; i < this._ends[number + 1]; i += 2) found.push([this._at[i], this._at[i + 1]]);
      return found;
    }

    // Neighbouring cells send the same street twice: this says that it is the same.
    get key() {
      return (this._key ??= this._makeKey());
    }

    _makeKey() {
      const [first, end = first] = this._ends;
      const at = (i) => Math.round(end > first ? this._at[i] : 0);
      const ends = [at(first), at(first + 1), at(end - 2), at(end - 1)].join(",");
      return `${this.properties.kind}:${(end - first) / 2}:${ends}`;
    }

    path(zoom) {
      const band = zoom >= FULL_FROM_ZOOM ? FULL_FROM_ZOOM : zoom;
      let path = this._paths.get(band);
      if (!path) this._paths.set(band, (path = this._trace(band)));
      return path;
    }

    _trace(band) {
      const path = new Path2D();
      const tolerance = band >= FULL_FROM_ZOOM ? 0 : 0.6 * 2 ** (UNIT_ZOOM - band);
      for (let number = 0; number + 1 < this._ends.length; number += 1) {
        if (tolerance) thin(this._ring(number), tolerance).forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
        else this._traceWhole(path, this._ends[number], this._ends[number + 1]);
        if (this.closed) path.closePath();
      }
      return path;
    }

    _traceWhole(path, first, end) {
      const at = this._at;
      if (end > first) path.moveTo(at[first], at[first + 1]);
      for (let i = first + 2; i < end; i += 2) path.lineTo(at[i], at[i + 1]);
    }
  }

  // Shapes by kind. `seen` finds those in a box by a coarse grid over their boxes.
  CK.ShapeSet = class {
    constructor(features, origin) {
      this.kinds = Object.fromEntries(KINDS.map((kind) => [kind, []]));
      const known = features.filter(({ geometry, properties }) => geometry && Object.hasOwn(this.kinds, properties?.kind));
      const places = new Places(known);
      for (const feature of known) this.kinds[feature.properties.kind].push(new Shape(feature, origin, places));
      this.size = known.length;
    }

    seen(kind, [left, top, right, bottom]) {
      return this.kinds[kind].filter(
        ({ box }) => box[0] <= right && box[2] >= left && box[1] <= bottom && box[3] >= top,
      );
    }
  };

  // Shapes of one layer.
  CK.shapesOf = (features, origin) => {
    const places = new Places(features);
    return features.map((feature) => new Shape(feature, origin, places));
  };

  // Several sets as one: the same street from two cells comes once.
  CK.JoinedShapes = class {
    constructor(sets) {
      this._sets = sets;
    }

    seen(kind, box) {
      const known = new Set();
      const found = [];
      for (const set of this._sets) {
        for (const shape of set.seen(kind, box)) {
          if (known.has(shape.key)) continue;
          known.add(shape.key);
          found.push(shape);
        }
      }
      return found;
    }
  };
})();
