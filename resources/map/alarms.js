// Open alarms on top of everything, the selected one with its ring, circle and call-out.
"use strict";

(() => {
  const SIZE_PX = 26;
  const SELECTED_PX = 40;
  const CIRCLE_M = 500;
  const BLINK_MS = 500; // half of 1 Hz
  const RANK = { red: 0, orange: 1, yellow: 2, blue: 3 };

  CK.Alarms = CK.Overlay.extend({
    initialize(options) {
      CK.Overlay.prototype.initialize.call(this, options);
      this._alarms = [];
      this._selected = "";
      this._drawn = [];
      this._lit = true;
      this._blinker = 0;
      this._stale = false;
      this._places = null; // of one zoom; the blinking costs no new placing
    },

    show(alarms) {
      this._alarms = alarms;
      this._places = null;
      const blinks = alarms.some((alarm) => this._blinks(alarm));
      if (blinks && !this._blinker) {
        this._blinker = setInterval(() => this._blink(), BLINK_MS);
      } else if (!blinks && this._blinker) {
        clearInterval(this._blinker);
        this._blinker = 0;
        this._lit = true;
      }
      this.redraw();
    },

    select(id) {
      this._selected = id;
      this._places = null;
      this.redraw();
    },

    showStale(stale) {
      if (stale === this._stale) return;
      this._stale = stale;
      this.redraw();
    },

    count() {
      return this._alarms.length;
    },

    find(id) {
      return this._alarms.find((alarm) => alarm.id === id);
    },

    selectedAlarm() {
      return this.find(this._selected);
    },

    _blinks(alarm) {
      return alarm.level === "red" && alarm.look === "filled";
    },

    _blink() {
      this._lit = !this._lit;
      this.redraw();
    },

    // Every mark where it is drawn at this zoom, in layer points.
    drawnMarks() {
      const zoom = this._map.getZoom();
      if (this._places?.zoom !== zoom) this._places = { zoom, all: this._place() };
      const origin = this._map.getPixelOrigin();
      return this._places.all.map(({ mark, x, y, count, aside }) => ({
        id: mark.alarm.id,
        alarm: mark.alarm,
        selected: mark.selected,
        x: x - origin.x,
        y: y - origin.y,
        rootX: mark.x - origin.x,
        rootY: mark.y - origin.y,
        count,
        aside,
      }));
    },

    _place() {
      const marks = this._alarms.map((alarm) => {
        const { x, y } = this.worldPoint(alarm.lat, alarm.lon);
        return { alarm, x, y, selected: alarm.id === this._selected };
      });
      marks.sort(
        (a, b) =>
          b.selected - a.selected ||
          RANK[a.alarm.level] - RANK[b.alarm.level] ||
          (a.alarm.look === "filled" ? 0 : 1) - (b.alarm.look === "filled" ? 0 : 1) ||
          (a.alarm.id < b.alarm.id ? -1 : 1),
      );
      return CK.placeApart(marks);
    },

    draw(context) {
      this._drawn = this.drawnMarks();
      const selected = this._drawn.find((mark) => mark.selected);
      context.globalAlpha = this._stale ? 0.6 : 1;
      if (selected) this._paintCircle(context, selected);
      for (const mark of [...this._drawn].reverse()) if (!mark.selected) this._paint(context, mark);
      if (selected) {
        this._paintSelected(context, selected);
        CK.paintCallout(context, selected, this._drawn, this._viewBounds());
      }
      context.globalAlpha = 1;
    },

    _paint(context, mark) {
      if (!this._bounds.contains([mark.x, mark.y])) return;
      if (mark.aside) this._paintLeader(context, mark);
      const dark = this._blinks(mark.alarm) && !this._lit;
      if (dark) this._paintHalo(context, mark, SIZE_PX / 2 + 5);
      CK.paintLevel(context, mark.x, mark.y, SIZE_PX, mark.alarm.level, mark.alarm.look);
      if (mark.count > 1) CK.paintCount(context, mark.x + SIZE_PX / 2 - 1, mark.y - 9, mark.count);
    },

    // Not acknowledged and grave: a ring that comes and goes once a second.
    _paintHalo(context, mark, radius) {
      context.beginPath();
      context.arc(mark.x, mark.y, radius, 0, 2 * Math.PI);
      context.lineWidth = 3;
      context.strokeStyle = CK.levelColour(mark.alarm.level);
      context.stroke();
    },

    _paintLeader(context, mark) {
      context.strokeStyle = CK.levelColour(mark.alarm.level);
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(mark.rootX, mark.rootY);
      context.lineTo(mark.x, mark.y);
      context.stroke();
      context.beginPath();
      context.arc(mark.rootX, mark.rootY, 3, 0, 2 * Math.PI);
      context.fillStyle = CK.levelColour(mark.alarm.level);
      context.fill();
    },

    _paintSelected(context, mark) {
      if (this._blinks(mark.alarm) && !this._lit) this._paintHalo(context, mark, 33);
      context.beginPath();
      context.arc(mark.x, mark.y, 28.5, 0, 2 * Math.PI);
      context.fillStyle = CK.palette.bg1;
      context.fill();
      context.lineWidth = 3;
      context.strokeStyle = CK.palette.focus;
      context.stroke();
      CK.paintLevel(context, mark.x, mark.y, SELECTED_PX, mark.alarm.level, mark.alarm.look);
      if (mark.count > 1) CK.paintCount(context, mark.x + 20, mark.y - 24, mark.count);
    },

    _paintCircle(context, mark) {
      const radius = CIRCLE_M / CK.metresPerPixel(this._map);
      const { lat, lon } = mark.alarm;
      context.beginPath();
      context.arc(mark.rootX, mark.rootY, radius, 0, 2 * Math.PI);
      context.setLineDash([5, 5]);
      context.lineWidth = 1;
      context.strokeStyle = CK.palette.text2;
      context.stroke();
      context.setLineDash([]);
      const said = `${CIRCLE_M} m · ${CK.words.cameras} ${CK.cameras.countWithin(lat, lon, CIRCLE_M)}`;
      context.font = CK.font(12);
      const width = context.measureText(said).width + 12;
      CK.roundBox(context, mark.rootX - width / 2, mark.rootY + radius + 4, width, 18, 4);
      context.fillStyle = CK.palette.veil;
      context.fill();
      context.fillStyle = CK.palette.text2;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(said, mark.rootX, mark.rootY + radius + 13.5);
    },

    hit(point) {
      const near = this._drawn
        .map((mark) => ({ mark, away: Math.hypot(mark.x - point.x, mark.y - point.y) }))
        .filter(({ mark, away }) => away <= (mark.selected ? 28 : 17))
        .sort((a, b) => a.away - b.away);
      return near[0]?.mark.id ?? "";
    },
  });
})();
