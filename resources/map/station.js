// The wire to the station: a tick says which document is new, the page fetches it. Only ids
// and plain numbers go back.
"use strict";

(() => {
  const DOCUMENTS = {
    alarms: (data) => {
      CK.alarms.show(data);
      CK.cameras.redraw(); // the squares of the tiles keep clear of the marks
    },
    cameras: (data) => {
      CK.cameras.show(data);
      CK.alarms.redraw(); // they are counted round the selected one
    },
    tiles: (data) => CK.cameras.showTiles(data),
    units: (data) => CK.units.show(data),
    trail: (data) => CK.units.showTrail(data),
    points: (data) => CK.points.show(data),
    weather: (data) => CK.weather.show(data),
    card: (data) => CK.card.show(data),
    layers: (data) => showLayers(data),
    districts: () => CK.baseMap.loadArea("districts"),
    grids: () => CK.baseMap.loadArea("grids"),
  };
  const PACKED = new Set(["cameras", "units"]);
  const AREAS = ["districts", "grids"];
  const MOVE_S = 0.15;
  const CLOSE_ZOOM = 16;
  const busy = new Map(); // document -> the newest version asked for while one is under way

  // Latest wins: while a fetch is under way only the newest tick is kept.
  const refresh = async (name, version) => {
    if (!(name in DOCUMENTS)) return;
    if (busy.has(name)) {
      busy.set(name, version);
      return;
    }
    busy.set(name, null);
    try {
      const packed = PACKED.has(name);
      if (AREAS.includes(name)) {
        DOCUMENTS[name]();
        return;
      }
      const path = `live/${name}.${packed ? "bin" : "json"}`;
      const answer = await fetch(`${path}?${version}`, { cache: "no-store" });
      if (answer.ok) DOCUMENTS[name](packed ? await answer.arrayBuffer() : await answer.json());
    } finally {
      const next = busy.get(name);
      busy.delete(name);
      if (next !== null && next !== undefined) refresh(name, next);
    }
  };

  // {hidden: [layer id], itemClasses: [class id]}: the operator's choice.
  const showLayers = ({ hidden, itemClasses }) => {
    CK.hidden = new Set(hidden);
    CK.itemClasses = itemClasses;
    CK.baseMap.showAreas(AREAS.filter(CK.isShown));
    CK.cameras.showKinds();
    CK.points.redraw();
    CK.points.refreshItems();
    CK.units.redraw();
    CK.weather.getContainer().classList.toggle("ck-off", !CK.isShown("weather"));
    CK.legend.refresh();
  };

  const wear = (theme) => {
    if (!CK.wear(theme)) return;
    CK.baseMap.showPalette();
    for (const layer of [CK.cameras, CK.points, CK.units, CK.alarms]) layer.redraw();
    CK.buttons.showTheme();
    CK.legend.refresh();
  };

  const select = (alarmId, cameraId) => {
    CK.alarms.select(alarmId);
    CK.cameras.select(cameraId);
    CK.cameras.redraw();
  };

  // What was asked into the middle stays there through a resize, until a hand moves the map:
  // a hidden map has no size to be right for, nor frames to finish its glide.
  let wanted = null;

  CK.keepWanted = () => {
    const letGo = () => (wanted = null);
    CK.map.on("dragstart", letGo);
    for (const hand of ["wheel", "keydown", "dblclick"]) {
      CK.map.getContainer().addEventListener(hand, letGo, { passive: true });
    }
    CK.map.on("resize", () => {
      if (wanted) CK.map.setView(wanted, CK.map.getZoom(), { animate: false });
    });
  };

  CK.goTo = (lat, lon) => {
    wanted = [lat, lon];
    const zoom = Math.max(CK.map.getZoom(), CLOSE_ZOOM);
    const same = zoom === CK.map.getZoom();
    CK.map.setView([lat, lon], zoom, { animate: same, duration: MOVE_S, easeLinearity: 0.5 });
  };

  // Where somebody was brought: a ring round the place until the map is pressed.
  let found = null;

  const showFound = (lat, lon) => {
    found?.remove();
    const icon = L.divIcon({ className: "ck-found", iconSize: [44, 44] });
    found = L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(CK.map);
  };

  CK.goToPlace = (lat, lon, zoom) => {
    wanted = [lat, lon];
    CK.map.setView([lat, lon], zoom, { animate: false });
    showFound(lat, lon);
  };

  CK.goHome = () => {
    const alarm = CK.alarms.selectedAlarm();
    if (alarm) CK.goTo(alarm.lat, alarm.lon);
    else {
      wanted = null;
      CK.map.setView(CK.home.center, CK.home.zoom, { animate: false });
    }
  };

  // What lies under a place, the gravest first: {kind, id} or {cluster}.
  const under = (point) => {
    const alarmId = CK.alarms.hit(point);
    if (alarmId) return { kind: "alarm", id: alarmId };
    for (const [kind, layer] of [["unit", CK.units], ["camera", CK.cameras], ["point", CK.points]]) {
      const mark = layer.hit(point);
      if (mark) return { kind: mark.kind ?? kind, id: mark.id, cluster: mark.cluster };
    }
    return null;
  };

  const openCluster = (event) => {
    const zoom = Math.min(CK.map.getZoom() + 2, CK.map.getMaxZoom());
    CK.map.setZoomAround(event.containerPoint, zoom, { animate: false });
  };

  const clickArea = async (station, event) => {
    for (const layerId of ["grids", "districts"]) {
      if (!CK.isShown(layerId) || (layerId === "districts" && CK.map.getZoom() > 14)) continue;
      const area = await CK.baseMap.areaAt(layerId, event.latlng);
      if (area) return station.areaClicked(layerId, JSON.stringify(area).slice(0, 2000));
    }
    station.cardPressed("close");
  };

  const wireMap = (station) => {
    CK.map.on("click", () => { found?.remove(); });
    CK.map.on("click", (event) => {
      const found = under(event.layerPoint);
      if (found?.cluster) openCluster(event);
      else if (found) station.clicked(found.kind, found.id);
      else clickArea(station, event);
    });
    CK.map.on("mousemove", (event) => {
      CK.source.point(event.latlng);
      const found = under(event.layerPoint);
      CK.map.getContainer().classList.toggle("ck-over-mark", Boolean(found));
      if (found?.id && found.kind !== "alarm") {
        CK.hover.rest(found.kind, found.id, event.containerPoint, (...asked) => station.hoverAsked(...asked));
      } else CK.hover.leave();
    });
    CK.map.on("contextmenu", (event) => {
      L.DomEvent.preventDefault(event.originalEvent);
      station.placePressed(event.latlng.lng, event.latlng.lat);
    });
    CK.map.on("mouseout movestart zoomstart", () => CK.hover.leave());
    CK.map.on("moveend", () => {
      const { lat, lng } = CK.map.getCenter();
      station.viewMoved(lng, lat, CK.map.getZoom());
    });
  };

  CK.connect = () => {
    new QWebChannel(qt.webChannelTransport, async ({ objects: { station } }) => {
      CK.station = station;
      station.stale.connect(refresh);
      station.themeTold.connect(wear);
      station.unitSelected.connect((id) => CK.units.select(id));
      station.selected.connect(select);
      station.pinged.connect((number) => station.pong(number));
      station.viewAsked.connect((lon, lat, zoom) =>
        CK.map.setView([lat, lon], zoom, { animate: false }),
      );
      station.placeAsked.connect((lon, lat, zoom) => CK.goToPlace(lat, lon, zoom));
      station.trustTold.connect((live) => CK.alarms.showStale(!live));
      station.baseMapChanged.connect(() => loadBase(station));
      station.moveAsked.connect((lon, lat) => CK.goTo(lat, lon));
      document.addEventListener("securitypolicyviolation", (event) =>
        station.refused(event.effectiveDirective),
      );
      wireMap(station);
      CK.keepWanted();
      await loadBase(station);
    });
  };

  const loadBase = async (station) => {
    const loaded = await CK.baseMap.load();
    CK.source.show(CK.baseMap.dataDate ?? "");
    station.pageReady(loaded);
  };
})();
