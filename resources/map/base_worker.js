// The painter of the base map on a thread of its own: dragging never waits for a street.
// Takes messages of base_map.js, gives pictures of tiles back.
"use strict";

self.CK = { palette: {} };
CK.FAMILY = '"Noto Sans CJK SC", "Noto Sans SC", sans-serif';
CK.font = (px, bold) => `${bold ? 700 : 400} ${px}px ${CK.FAMILY}`;

importScripts("base_shapes.js", "base_paint.js", "areas.js", "names.js");

(() => {
  const CELL_ZOOM = 15;
  const CELLS_FROM_ZOOM = 15;
  const CELLS_KEPT = 64;
  const FETCHES = 3;
  const TILE_PX = 512;

  let origin = [0, 0];
  let latRad = 0;
  let city = null; // the overview as a ShapeSet
  let frame = null; // the box of the city in units
  const areas = new CK.Areas();
  let names = null;
  const cells = new Map(); // "x/y" -> ShapeSet, or null where there is none; oldest first
  let wanted = []; // cells still to be fetched, nearest first
  let fetching = 0;
  const queue = new Map(); // tile key -> request, oldest first

  const say = (message, transfer = []) => self.postMessage(message, transfer);

  // ---- what a place is painted from ------------------------------------------------------

  const cellSize = 256 * 2 ** (CK.UNIT_ZOOM - CELL_ZOOM);

  const cellsOf = ([left, top, right, bottom]) => {
    const keys = [];
    const first = (value, start) => Math.floor((value + start) / cellSize);
    const last = (value, start) => Math.ceil((value + start) / cellSize) - 1;
    for (let x = first(left, origin[0]); x <= last(right, origin[0]); x += 1) {
      for (let y = first(top, origin[1]); y <= last(bottom, origin[1]); y += 1) keys.push(`${x}/${y}`);
    }
    return keys;
  };

  // Near, a place whose cells are all there is painted from them, otherwise from the overview.
  const sourceOf = (zoom, box) => {
    if (zoom < CELLS_FROM_ZOOM) return city;
    const own = cellsOf(box);
    if (!own.every((key) => cells.get(key))) return city;
    const reach = 60 / 2 ** (zoom - CK.UNIT_ZOOM);
    const [left, top, right, bottom] = box;
    const near = cellsOf([left - reach, top - reach, right + reach, bottom + reach]);
    return new CK.JoinedShapes([...new Set([...own, ...near])].map((key) => cells.get(key)).filter(Boolean));
  };

  // ---- tiles -----------------------------------------------------------------------------

  const paintTile = ({ key, z, x, y, ratio, version }) => {
    const canvas = new OffscreenCanvas(TILE_PX * ratio, TILE_PX * ratio);
    const context = canvas.getContext("2d", { alpha: false });
    const scale = 2 ** (z - CK.UNIT_ZOOM);
    const left = x * TILE_PX - origin[0] * scale;
    const top = y * TILE_PX - origin[1] * scale;
    const box = [left / scale, top / scale, (left + TILE_PX) / scale, (top + TILE_PX) / scale];
    context.fillStyle = frame ? CK.palette.beyond : CK.palette.land;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(ratio * scale, 0, 0, ratio * scale, -left * ratio, -top * ratio);
    if (frame) {
      context.beginPath();
      context.rect(frame[0], frame[1], frame[2] - frame[0], frame[3] - frame[1]);
      context.fillStyle = CK.palette.land;
      context.fill();
      context.save();
      context.clip();
    }
    if (city) {
      new CK.TilePainter(context, sourceOf(z, box), z, scale, latRad).paint(box);
      areas.paint(context, z, scale, box);
      if (frame) context.restore();
      context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
      names.paint(context, z, scale, [left, top, left + TILE_PX, top + TILE_PX]);
    }
    const picture = canvas.transferToImageBitmap();
    say({ kind: "tile", key, version, picture }, [picture]);
  };

  const pump = new MessageChannel();
  let pumping = false;
  const goOn = () => {
    if (pumping || !queue.size) return;
    pumping = true;
    pump.port2.postMessage(null);
  };
  pump.port1.onmessage = () => {
    pumping = false;
    const [key, request] = queue.entries().next().value ?? [];
    if (!key) return;
    queue.delete(key);
    try {
      paintTile(request);
    } catch (error) {
      say({ kind: "failed", key, text: String(error) });
    }
    goOn();
  };

  // ---- cells -----------------------------------------------------------------------------

  const fetchCells = () => {
    while (fetching < FETCHES && wanted.length) {
      const key = wanted.shift();
      if (!cells.has(key)) fetchCell(key);
    }
  };

  const fetchCell = async (key) => {
    fetching += 1;
    cells.set(key, undefined); // on its way
    try {
      const answer = await fetch(`cells/${CELL_ZOOM}/${key}.json`, { cache: "no-store" });
      const data = answer.ok ? await answer.json() : null;
      const set = data?.features?.length ? new CK.ShapeSet(data.features, origin) : null;
      if (set || (answer.ok && data)) cells.set(key, set);
      else cells.delete(key);
      if (set) tellCell(key);
    } catch {
      cells.delete(key); // asked again when the map moves
    } finally {
      fetching -= 1;
      for (const old of cells.keys()) {
        if (cells.size <= CELLS_KEPT) break;
        if (cells.get(old) !== undefined) cells.delete(old);
        else break;
      }
      fetchCells();
    }
  };

  const tellCell = (key) => {
    const [x, y] = key.split("/").map(Number);
    names?.forget(x, y, cellSize, origin);
    say({ kind: "cell", x, y });
  };

  // ---- messages --------------------------------------------------------------------------

  const load = async () => {
    const answer = await fetch("basemap.json", { cache: "no-store" });
    const data = await answer.json();
    if (data) {
      const [west, south, east, north] = data.bbox ?? [];
      if (data.bbox) {
        const [left, top] = CK.unitPoint(west, north);
        const [right, bottom] = CK.unitPoint(east, south);
        frame = [left - origin[0], top - origin[1], right - origin[0], bottom - origin[1]];
      }
      city = new CK.ShapeSet(data.features, origin);
      cells.clear();
      names = new CK.Names(city, areas, sourceOf);
    }
    const date = String(data?.properties?.data_date ?? "");
    say({ kind: "loaded", loaded: Boolean(data), bbox: data?.bbox ?? null, date, shapes: city?.size ?? 0 });
  };

  const loadArea = async (layerId) => {
    const answer = await fetch(`areas/${layerId}.json`, { cache: "no-store" }).catch(() => null);
    const data = answer?.ok ? await answer.json() : null;
    areas.take(layerId, data?.features ?? [], origin);
    names?.forgetAll();
    say({ kind: "areas", layerId });
  };

  const TAKE = {
    setUp: ({ lon, lat, palette }) => {
      origin = CK.unitPoint(lon, lat);
      latRad = (lat * Math.PI) / 180;
      CK.palette = palette;
    },
    palette: ({ palette }) => (CK.palette = palette),
    load,
    area: ({ layerId }) => loadArea(layerId),
    showAreas: ({ layerIds }) => {
      areas.shown = new Set(layerIds);
      names?.forgetAll();
    },
    tile: (request) => {
      queue.delete(request.key);
      queue.set(request.key, request);
      goOn();
    },
    drop: ({ key }) => queue.delete(key),
    cells: ({ keys }) => {
      wanted = keys.filter((key) => !cells.has(key));
      for (const key of keys) {
        if (!cells.get(key)) continue;
        const kept = cells.get(key);
        cells.delete(key); // now the youngest
        cells.set(key, kept);
      }
      fetchCells();
    },
    hit: ({ number, layerId, lon, lat }) => {
      const [x, y] = CK.unitPoint(lon, lat);
      say({ kind: "hit", number, found: areas.hit(layerId, x - origin[0], y - origin[1]) });
    },
  };

  self.onmessage = ({ data }) => TAKE[data.kind]?.(data);
})();
