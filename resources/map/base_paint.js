// In the worker: one tile of the base map, in the greys of the palette.
"use strict";

(() => {
  const WIDTH_M = { 1: 27, 2: 21, 3: 13.5, 4: 8, 5: 4.5 };
  const SHADE = { 1: "express", 2: "main", 3: "secondary", 4: "side", 5: "lane" };
  const FROM_ZOOM = { 1: 0, 2: 0, 3: 11, 4: 13, 5: 15 };
  // The least width in px from a zoom on; far out the streets must not close the city up.
  const LEAST_PX = {
    1: [[0, 1.6], [11, 2], [12, 2.6], [13, 3], [14, 3.4]],
    2: [[0, 1], [11, 1.3], [12, 1.7], [13, 2.2], [14, 2.6]],
    3: [[0, 0.6], [12, 0.9], [13, 1.3], [14, 1.8]],
    4: [[0, 0.6], [14, 0.9], [15, 1.2]],
    5: [[0, 0.5], [16, 0.9]],
  };
  const CASED_FROM_ZOOM = 13;
  const METRES_PER_PIXEL_AT_0 = 156543.03392;
  const MARGIN_PX = 40;

  const leastPx = (rank, zoom) =>
    (LEAST_PX[rank] ?? [[0, 1]]).reduce((found, [from, px]) => (zoom >= from ? px : found), 0.5);

  class TilePainter {
    // `shapes.seen(kind, box)`; scale: px of this zoom per unit; ratio: device px per px.
    constructor(context, shapes, zoom, scale, latRad) {
      Object.assign(this, { context, shapes, zoom, scale });
      this._metresPerPixel = (METRES_PER_PIXEL_AT_0 * Math.cos(latRad)) / 2 ** zoom;
    }

    paint(box) {
      const margin = MARGIN_PX / this.scale;
      this._box = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin];
      this.context.lineJoin = "round";
      this._paintGround();
      this._paintRoads();
    }

    _seen(kind) {
      return this.shapes.seen(kind, this._box);
    }

    _fill(list, colour) {
      this.context.fillStyle = colour;
      for (const shape of list) this.context.fill(shape.path(this.zoom), "evenodd");
    }

    _stroke(list, colour, width) {
      const { context, zoom } = this;
      context.strokeStyle = colour;
      context.lineWidth = width;
      for (const shape of list) context.stroke(shape.path(zoom));
    }

    _paintGround() {
      const { context, zoom, scale } = this;
      const { palette } = CK;
      if (zoom >= 13) {
        for (const shape of this._seen("block")) {
          context.fillStyle = palette[shape.properties.use] ?? palette.home;
          context.fill(shape.path(zoom));
        }
      }
      const greens = this._seen("green");
      this._fill(greens, palette.green);
      const water = this._seen("water");
      this._fill(water, palette.water);
      if (zoom >= 12) this._stroke(water, palette.bank, (zoom >= 15 ? 1.5 : 1) / scale);
      this._fill(greens.filter((shape) => shape.properties.island), palette.green);
      if (zoom >= 14) this._paintBuildings();
    }

    _paintBuildings() {
      const { context, zoom, scale } = this;
      const { palette } = CK;
      context.strokeStyle = palette.edge;
      context.lineWidth = 1 / scale;
      for (const shape of this._seen("building")) {
        const tall = shape.properties.height_m > 60;
        context.fillStyle = tall ? palette.tall : palette.building;
        context.fill(shape.path(zoom));
        if (zoom >= 17 || (zoom >= 16 && tall)) context.stroke(shape.path(zoom));
      }
    }

    _paintRoads() {
      const { context, zoom, scale } = this;
      const { palette } = CK;
      const roads = this._seen("road").filter(
        ({ properties }) => zoom >= (FROM_ZOOM[properties.class] ?? 0),
      );
      const width = (rank) => this.widthPx(rank) / scale;
      const open = (rank) =>
        roads.filter(({ properties }) => properties.class === rank && !properties.tunnel);
      const ranks = [5, 4, 3, 2];
      const thin = 1.2 / scale;
      const cased = zoom >= CASED_FROM_ZOOM;
      context.lineCap = "round";
      if (cased) for (const rank of ranks) this._stroke(open(rank), palette.casing, width(rank) + 2 * thin);
      for (const rank of ranks) this._stroke(open(rank), palette[SHADE[rank]], width(rank));
      this._paintMedian(open(2), 2);
      this._paintTunnels(roads.filter(({ properties }) => properties.tunnel));
      const bridges = zoom >= CASED_FROM_ZOOM ? this._seen("bridge") : [];
      context.lineCap = "butt";
      for (const bridge of bridges) this._paintBridge(bridge, width(bridge.properties.class), thin);
      context.lineCap = "round";
      if (cased) this._stroke(open(1), palette.casing, width(1) + 3 * thin);
      context.lineCap = "butt";
      const carried = bridges.filter(({ properties }) => properties.class === 1);
      this._stroke(carried, palette.rail, width(1) + 3.4 * thin);
      context.lineCap = "round";
      this._stroke(open(1), palette.express, width(1));
      this._paintMedian(open(1), 1);
    }

    _paintBridge(bridge, width, thin) {
      const { palette } = CK;
      const rank = bridge.properties.class;
      this._stroke([bridge], palette.rail, width + 3.4 * thin);
      this._stroke([bridge], palette.casing, width + 1.6 * thin);
      this._stroke([bridge], palette[SHADE[rank]], width);
      this._paintMedian([bridge], rank);
    }

    widthPx(rank) {
      return Math.max(leastPx(rank, this.zoom), (WIDTH_M[rank] ?? 6) / this._metresPerPixel);
    }

    _paintMedian(roads, rank) {
      if (this.widthPx(rank) < 7) return;
      const { palette } = CK;
      this._stroke(roads, rank === 1 ? palette.casing : palette.lane, (rank === 1 ? 1.6 : 1.2) / this.scale);
    }

    // Under the ground: two dashed edges, nothing between them.
    _paintTunnels(tunnels) {
      const { context, zoom, scale } = this;
      context.lineCap = "butt";
      for (const shape of tunnels) {
        const width = this.widthPx(shape.properties.class) / scale;
        context.setLineDash([5 / scale, 4 / scale]);
        this._stroke([shape], CK.palette.rail, width + 1.6 / scale);
        context.setLineDash([]);
        this._stroke([shape], CK.palette.lane, width - 1.2 / scale);
      }
    }
  }

  CK.TilePainter = TilePainter;
})();
