// In the worker: districts and grids, drawn into the tiles; a click finds the one it fell in.
"use strict";

(() => {
  const LOOKS = {
    districts: { from: 0, dash: [10, 4, 2, 4], width: 1.4, named: [10, 14], px: 14, step: 20 },
    grids: { from: 13, dash: [3, 3], width: 1, named: [15, 18], px: 12, step: 12.5 },
  };

  const inRing = (ring, x, y) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  };

  const areaOf = (ring) => {
    let twice = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      twice += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    }
    return Math.abs(twice) / 2;
  };

  // A place well inside: of a few rows through the box, the middle of the longest stretch.
  const placeOf = (ring, box) => {
    let best = { length: -1, x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const y = box[1] + part * (box[3] - box[1]);
      const cuts = [];
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [ax, ay] = ring[i];
        const [bx, by] = ring[j];
        if (ay > y !== by > y) cuts.push(((bx - ax) * (y - ay)) / (by - ay) + ax);
      }
      cuts.sort((a, b) => a - b);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const length = (cuts[i + 1] - cuts[i]) * (part === 0.5 ? 1.15 : 1);
        if (length > best.length) best = { length, x: (cuts[i] + cuts[i + 1]) / 2, y };
      }
    }
    return best;
  };

  CK.Areas = class {
    constructor() {
      this._layers = new Map(); // layer id -> shapes
      this.shown = new Set();
    }

    take(layerId, features, origin) {
      const areas = features.filter(({ geometry }) => geometry?.type?.endsWith("Polygon"));
      const shapes = CK.shapesOf(areas, origin);
      for (const shape of shapes) {
        const largest = shape.lines.reduce((a, b) => (areaOf(b) > areaOf(a) ? b : a), shape.line);
        shape.middle = placeOf(largest, shape.box);
      }
      this._layers.set(layerId, shapes);
    }

    _seen(layerId, [left, top, right, bottom]) {
      return (this._layers.get(layerId) ?? []).filter(
        ({ box }) => box[0] <= right && box[2] >= left && box[1] <= bottom && box[3] >= top,
      );
    }

    paint(context, zoom, scale, box) {
      for (const [layerId, look] of Object.entries(LOOKS)) {
        if (!this.shown.has(layerId) || zoom < look.from) continue;
        context.setLineDash(look.dash.map((px) => px / scale));
        context.lineWidth = look.width / scale;
        context.strokeStyle = CK.palette[layerId === "grids" ? "cell" : "border_line"];
        for (const shape of this._seen(layerId, box)) context.stroke(shape.path(zoom));
        context.setLineDash([]);
      }
    }

    // Names as labels of the zoom: {x, y in units, text, px, step, shade}.
    labels(zoom) {
      const found = [];
      for (const [layerId, look] of Object.entries(LOOKS)) {
        if (!this.shown.has(layerId) || zoom < look.named[0] || zoom > look.named[1]) continue;
        for (const { middle, properties } of this._layers.get(layerId) ?? []) {
          const text = String(properties.name ?? "");
          const { px, step } = look;
          const shade = layerId === "grids" ? "place" : "area";
          found.push({ x: middle.x, y: middle.y, text, px, step, shade, wide: middle.length });
        }
      }
      return found;
    }

    hit(layerId, x, y) {
      const found = this._seen(layerId, [x, y, x, y]).find(
        (shape) => shape.lines.filter((ring) => inRing(ring, x, y)).length % 2 === 1,
      );
      return found?.properties ?? null;
    }
  };
})();
