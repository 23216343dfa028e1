// The base map: vector GeoJSON of the platform, painted into 512 px tiles in greys.
"use strict";

(() => {
  const UNIT_ZOOM = 16; // paths are kept in world pixels of this zoom, relative to an origin
  const MIN_WIDTH = { 1: 3, 2: 2.4, 3: 1.6, 4: 0.9, 5: 0.5 };
  const WIDTH_M = { 1: 27, 2: 21, 3: 13.5, 4: 8, 5: 4.5 };
  const SHADE = { 1: "express", 2: "main", 3: "secondary", 4: "side", 5: "lane" };
  const FROM_ZOOM = { 1: 0, 2: 0, 3: 12, 4: 14, 5: 15 };
  const METRES_PER_PIXEL_AT_0 = 156543.03392;

  const rings = (geometry) =>
    ({
      Polygon: () => geometry.coordinates,
      MultiPolygon: () => geometry.coordinates.flat(),
      LineString: () => [geometry.coordinates],
      MultiLineString: () => geometry.coordinates,
      Point: () => [[geometry.coordinates]],
    })[geometry.type]?.() ?? [];

  CK.BaseMap = L.GridLayer.extend({
    options: { tileSize: 512, keepBuffer: 1, updateWhenZooming: false, pane: "tilePane" },

    initialize(options) {
      L.GridLayer.prototype.initialize.call(this, options);
      this._shapes = { block: [], green: [], water: [], building: [], road: [], bridge: [], label: [] };
      this.loaded = false;
    },

    // False while the platform's layer is not mirrored yet: the document is then null.
    async load() {
      const answer = await fetch("basemap.json", { cache: "no-store" });
      const data = await answer.json();
      if (!data) return false;
      this._take(data.features);
      if (data.bbox) CK.fence(data.bbox);
      this.dataDate = String(data.properties?.data_date ?? "");
      this.loaded = true;
      this.redraw();
      return true;
    },

    _take(features) {
      for (const list of Object.values(this._shapes)) list.length = 0;
      this._origin = CK.map.project(CK.home.center, UNIT_ZOOM);
      for (const feature of features) {
        const list = this._shapes[feature.properties?.kind];
        if (list && feature.geometry) list.push(this._shape(feature));
      }
      this._names = new CK.Names(this._shapes);
    },

    _shape({ geometry, properties }) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      const closed = geometry.type.endsWith("Polygon");
      const path = new Path2D();
      const lines = rings(geometry).map((ring) => ring.map((place) => this._place(place, box)));
      for (const line of lines) {
        line.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
        if (closed) path.closePath();
      }
      return { path, box, line: lines[0], properties };
    },

    _place([lon, lat], box) {
      const point = CK.map.project([lat, lon], UNIT_ZOOM).subtract(this._origin);
      box[0] = Math.min(box[0], point.x);
      box[1] = Math.min(box[1], point.y);
      box[2] = Math.max(box[2], point.x);
      box[3] = Math.max(box[3], point.y);
      return [point.x, point.y];
    },

    createTile(coords) {
      const ratio = window.devicePixelRatio || 1;
      const size = this.getTileSize();
      const tile = document.createElement("canvas");
      tile.width = size.x * ratio;
      tile.height = size.y * ratio;
      const context = tile.getContext("2d", { alpha: false });
      context.fillStyle = CK.palette.land;
      context.fillRect(0, 0, tile.width, tile.height);
      if (this.loaded) this._paint(context, coords, size, ratio);
      return tile;
    },

    _paint(context, coords, size, ratio) {
      const scale = 2 ** (coords.z - UNIT_ZOOM);
      const left = coords.x * size.x - this._origin.x * scale;
      const top = coords.y * size.y - this._origin.y * scale;
      context.setTransform(ratio * scale, 0, 0, ratio * scale, -left * ratio, -top * ratio);
      const margin = 40 / scale;
      const low = [left / scale - margin, top / scale - margin];
      const high = [(left + size.x) / scale + margin, (top + size.y) / scale + margin];
      const seen = (list) =>
        list.filter(
          ({ box }) =>
            box[0] <= high[0] && box[2] >= low[0] && box[1] <= high[1] && box[3] >= low[1],
        );
      context.lineJoin = "round";
      this._paintGround(context, seen, coords.z, scale);
      this._paintRoads(context, seen, coords.z, scale);
      context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
      this._names.paint(context, coords.z, scale, [left, top, left + size.x, top + size.y]);
    },

    _paintGround(context, seen, zoom, scale) {
      const palette = CK.palette;
      const fill = (list, colour) => {
        context.fillStyle = colour;
        for (const { path } of list) context.fill(path, "evenodd");
      };
      for (const { path, properties } of seen(this._shapes.block)) {
        context.fillStyle = palette[properties.use] ?? palette.home;
        context.fill(path);
      }
      fill(seen(this._shapes.green), palette.green);
      const water = seen(this._shapes.water);
      fill(water, palette.water);
      context.strokeStyle = palette.bank;
      context.lineWidth = (zoom >= 15 ? 1.5 : 1) / scale;
      for (const { path } of water) context.stroke(path);
      fill(seen(this._shapes.green).filter((shape) => shape.properties.island), palette.green);
      if (zoom >= 14) this._paintBuildings(context, seen(this._shapes.building), zoom, scale);
    },

    _paintBuildings(context, buildings, zoom, scale) {
      const palette = CK.palette;
      context.strokeStyle = palette.edge;
      context.lineWidth = 1 / scale;
      for (const { path, properties } of buildings) {
        context.fillStyle = properties.height_m > 60 ? palette.tall : palette.building;
        context.fill(path);
        if (zoom >= 16 && (zoom >= 17 || properties.height_m > 60)) context.stroke(path);
      }
    },

    _paintRoads(context, seen, zoom, scale) {
      const roads = seen(this._shapes.road).filter(
        ({ properties }) => zoom >= (FROM_ZOOM[properties.class] ?? 0),
      );
      const width = (rank) => this._widthPx(rank, zoom) / scale;
      const open = (rank) =>
        roads.filter(({ properties }) => properties.class === rank && !properties.tunnel);
      const stroke = (list, colour, lineWidth) => {
        context.strokeStyle = colour;
        context.lineWidth = lineWidth;
        for (const { path } of list) context.stroke(path);
      };
      const thin = 1.2 / scale;
      context.lineCap = "round";
      for (const rank of [5, 4, 3, 2]) stroke(open(rank), CK.palette.casing, width(rank) + 2 * thin);
      for (const rank of [5, 4, 3, 2]) stroke(open(rank), CK.palette[SHADE[rank]], width(rank));
      this._paintMedian(context, open(2), 2, zoom, scale);
      this._paintTunnels(context, roads.filter(({ properties }) => properties.tunnel), zoom, scale);
      const bridges = seen(this._shapes.bridge);
      context.lineCap = "butt";
      for (const bridge of bridges) {
        const rank = bridge.properties.class;
        stroke([bridge], CK.palette.rail, width(rank) + 3.4 * thin);
        stroke([bridge], CK.palette.casing, width(rank) + 1.6 * thin);
        stroke([bridge], CK.palette[SHADE[rank]], width(rank));
        this._paintMedian(context, [bridge], rank, zoom, scale);
      }
      const carried = bridges.filter(({ properties }) => properties.class === 1);
      context.lineCap = "round";
      stroke(open(1), CK.palette.casing, width(1) + 3 * thin);
      context.lineCap = "butt";
      for (const bridge of carried) stroke([bridge], CK.palette.rail, width(1) + 3.4 * thin);
      context.lineCap = "round";
      stroke(open(1), CK.palette.express, width(1));
      this._paintMedian(context, open(1), 1, zoom, scale);
    },

    _widthPx(rank, zoom) {
      const metresPerPixel =
        (METRES_PER_PIXEL_AT_0 * Math.cos((CK.home.center.lat * Math.PI) / 180)) / 2 ** zoom;
      return Math.max(MIN_WIDTH[rank] ?? 1, (WIDTH_M[rank] ?? 6) / metresPerPixel);
    },

    _paintMedian(context, roads, rank, zoom, scale) {
      if (this._widthPx(rank, zoom) < 7) return;
      context.strokeStyle = rank === 1 ? CK.palette.casing : CK.palette.lane;
      context.lineWidth = (rank === 1 ? 1.6 : 1.2) / scale;
      for (const { path } of roads) context.stroke(path);
    },

    // Under the ground: two dashed edges, nothing between them.
    _paintTunnels(context, tunnels, zoom, scale) {
      context.lineCap = "butt";
      for (const { path, properties } of tunnels) {
        const width = this._widthPx(properties.class, zoom) / scale;
        context.setLineDash([5 / scale, 4 / scale]);
        context.strokeStyle = CK.palette.rail;
        context.lineWidth = width + 1.6 / scale;
        context.stroke(path);
        context.setLineDash([]);
        context.strokeStyle = CK.palette.lane;
        context.lineWidth = width - 1.2 / scale;
        context.stroke(path);
      }
    },
  });
})();
