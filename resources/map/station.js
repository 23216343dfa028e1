// The wire to the station: a tick says which document is new, the page fetches it. Only ids
// and plain numbers go back.
"use strict";

(() => {
  const DOCUMENTS = {
    alarms: (data) => {
      CK.alarms.show(data);
      CK.cameras.redraw(); // the squares of the tiles keep clear of the marks
    },
    cameras: (data) => CK.cameras.show(data),
    tiles: (data) => CK.cameras.showTiles(data),
  };
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
      const answer = await fetch(`live/${name}.json?${version}`, { cache: "no-store" });
      if (answer.ok) DOCUMENTS[name](await answer.json());
    } finally {
      const next = busy.get(name);
      busy.delete(name);
      if (next !== null && next !== undefined) refresh(name, next);
    }
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

  CK.goHome = () => {
    const alarm = CK.alarms.selectedAlarm();
    if (alarm) CK.goTo(alarm.lat, alarm.lon);
    else {
      wanted = null;
      CK.map.setView(CK.home.center, CK.home.zoom, { animate: false });
    }
  };

  const wireMap = (station) => {
    CK.map.on("click", (event) => {
      const alarmId = CK.alarms.hit(event.layerPoint);
      if (alarmId) return station.alarmClicked(alarmId);
      const cameraId = CK.cameras.hit(event.layerPoint);
      if (cameraId) station.cameraClicked(cameraId);
    });
    CK.map.on("mousemove", (event) => {
      const over = CK.alarms.hit(event.layerPoint) || CK.cameras.hit(event.layerPoint);
      CK.map.getContainer().classList.toggle("ck-over-mark", Boolean(over));
    });
    CK.map.on("moveend", () => {
      const { lat, lng } = CK.map.getCenter();
      station.viewMoved(lng, lat, CK.map.getZoom());
    });
  };

  CK.connect = () => {
    new QWebChannel(qt.webChannelTransport, async ({ objects: { station } }) => {
      station.stale.connect(refresh);
      station.selected.connect(select);
      station.pinged.connect((number) => station.pong(number));
      station.viewAsked.connect((lon, lat, zoom) =>
        CK.map.setView([lat, lon], zoom, { animate: false }),
      );
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
