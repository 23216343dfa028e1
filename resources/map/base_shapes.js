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

  class Shape {
    constructor({ geometry, properties }, origin) {
      this.properties = properties;
      this.closed = geometry.type.endsWith("Polygon");
      this.box = [Infinity, Infinity, -Infinity, -Infinity];
      this.lines = rings(geometry).map((ring) => ring.map((place) => this._place(place, origin)));
      this.line = this.lines[0] ?? [];
      this._paths = new Map(); // zoom of the band -> Path2D
    }

    _place([lon, lat], [originX, originY]) {
      let [x, y] = CK.unitPoint(lon, lat);
      x -= originX;
      y -= originY;
      const { box } = this;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
      return [x, y];
    }

    // Neighbouring cells send the same street twice: this says that it is the same.
    get key() {
      return (this._key ??= this._makeKey());
    }

    _makeKey() {
      const [x, y] = this.line[0] ?? [0, 0];
      const [u, v] = this.line[this.line.length - 1] ?? [0, 0];
      const ends = [x, y, u, v].map(Math.round).join(",");
      return `${this.properties.kind}:${this.line.length}:${ends}`;
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
      for (const line of this.lines) {
        const shown = tolerance ? thin(line, tolerance) : line;
        shown.forEach(([x, y], i) => (i ? path.lineTo(x, y) : path.moveTo(x, y)));
        if (this.closed) path.closePath();
      }
      return path;
    }
  }

  // Shapes by kind. `seen` finds those in a box by a coarse grid over their boxes.
  CK.ShapeSet = class {
    constructor(features, origin) {
      this.kinds = Object.fromEntries(KINDS.map((kind) => [kind, []]));
      this.size = 0;
      for (const feature of features) {
        const list = this.kinds[feature.properties?.kind];
        if (!list || !feature.geometry) continue;
        list.push(new Shape(feature, origin));
        this.size += 1;
      }
    }

    seen(kind, [left, top, right, bottom]) {
      return this.kinds[kind].filter(
        ({ box }) => box[0] <= right && box[2] >= left && box[1] <= bottom && box[3] >= top,
      );
    }
  };

  CK.Shape = Shape;

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
