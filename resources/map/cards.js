// The small card beside the pointer, and the card of what was clicked. Text is only ever set
// as textContent.
"use strict";

(() => {
  const element = (tag, className, parent, text) => {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  };
  CK.element = element;

  const REST_MS = 180;

  CK.Hover = L.Control.extend({
    options: { position: "topleft" },

    onAdd() {
      this._box = L.DomUtil.create("div", "ck-hover");
      this._box.hidden = true;
      this._of = "";
      return this._box;
    },

    // Asks the station for the words of what the pointer rests on.
    rest(kind, id, point, ask) {
      const of = `${kind}/${id}`;
      if (of === this._of) return;
      this.leave();
      this._of = of;
      this._timer = setTimeout(() => ask(kind, id, (text) => this._show(of, text, point)), REST_MS);
    },

    leave() {
      clearTimeout(this._timer);
      this._of = "";
      this._box.hidden = true;
    },

    _show(of, text, point) {
      const card = text ? JSON.parse(text) : null;
      if (of !== this._of || !card) return;
      this._box.replaceChildren();
      element("div", "ck-card-title", this._box, card.title);
      for (const line of card.lines ?? []) element("div", "ck-card-line", this._box, line);
      this._box.hidden = false;
      const size = CK.map.getSize();
      const { offsetWidth: wide, offsetHeight: high } = this._box;
      const x = point.x + 16 + wide > size.x - 8 ? point.x - 16 - wide : point.x + 16;
      const y = Math.min(Math.max(8, point.y - high / 2), size.y - high - 8);
      this._box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    },
  });

  CK.Card = L.Control.extend({
    options: { position: "bottomleft" },

    onAdd() {
      this._box = L.DomUtil.create("div", "ck-card");
      this._words = element("div", "ck-card-words", this._box);
      this._foot = element("div", "ck-card-foot", this._box);
      this._foot.hidden = this._box.hidden = true;
      L.DomEvent.disableClickPropagation(this._box);
      L.DomEvent.disableScrollPropagation(this._box);
      return this._box;
    },

    // {title, badge, stale, warn, rows: [[name, value]], buttons: [[action, word]]}, null hides it.
    // Buttons stay as they are while only ages change: a press is not lost under the finger.
    show(card) {
      this._box.hidden = !card;
      if (!card) return;
      const text = JSON.stringify(card);
      if (text === this._text) return;
      this._text = text;
      this._words.replaceChildren();
      this._box.classList.toggle("ck-card-stale", Boolean(card.stale));
      const head = element("div", "ck-card-head", this._words);
      element("span", "ck-card-title", head, card.title);
      if (card.badge) element("span", "ck-card-badge", head, card.badge);
      this._button(head, "ck-card-close", "close", "×", CK.words.close);
      const table = element("dl", "ck-card-rows", this._words);
      for (const [name, value] of card.rows) {
        element("dt", "", table, name);
        element("dd", "", table, value);
      }
      if (card.warn) element("div", "ck-card-warn", this._words, card.warn);
      this._offer(card.buttons ?? []);
    },

    _offer(buttons) {
      const text = JSON.stringify(buttons);
      if (text === this._offered) return;
      this._offered = text;
      this._foot.replaceChildren();
      this._foot.hidden = !buttons.length;
      for (const [action, word] of buttons) this._button(this._foot, "ck-card-button", action, word, word);
    },

    _button(parent, className, action, word, title) {
      const button = element("button", className, parent, word);
      button.type = "button";
      button.title = title;
      button.addEventListener("click", () => CK.station?.cardPressed(action));
    },
  });

  // The city's weather at the upper left edge: signal by shape and word, rain, and how old.
  CK.Weather = L.Control.extend({
    options: { position: "topleft" },

    onAdd() {
      this._box = L.DomUtil.create("div", "ck-weather");
      this._box.hidden = true;
      return this._box;
    },

    // {signal, word, rain, age, stale, text}
    show(weather) {
      this._box.hidden = !weather;
      if (!weather) return;
      this._box.replaceChildren();
      this._box.classList.toggle("ck-weather-stale", Boolean(weather.stale));
      this._box.title = weather.text ?? "";
      if (weather.signal !== "none") {
        const ratio = window.devicePixelRatio || 1;
        const canvas = element("canvas", "ck-weather-signal", this._box);
        canvas.width = canvas.height = 20 * ratio;
        const context = canvas.getContext("2d");
        context.scale(ratio, ratio);
        CK.paintLevel(context, 10, 10, 18, weather.signal, weather.stale ? "outline" : "filled");
      }
      element("span", "ck-weather-word", this._box, weather.word);
      element("span", "ck-weather-rain", this._box, weather.rain);
      element("span", "ck-weather-age", this._box, weather.age);
    },
  });
})();
