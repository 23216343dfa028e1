// Marks that would hide each other step aside by one place or merge into a count.
"use strict";

(() => {
  const APART_PX = 30;
  const SELECTED_APART_PX = 46;
  const ASIDE = 8; // places around a mark that is in the way
  const FLOOD = 200; // above this nothing steps aside: neighbours become one mark with a count
  const FLOOD_APART_PX = 52;

  // `marks` come gravest first. Gives {mark, x, y, count, aside} in the world pixels of the zoom.
  CK.placeApart = (marks) => {
    const flood = marks.length > FLOOD;
    const cell = flood ? FLOOD_APART_PX : APART_PX;
    const placed = [];
    const grid = new Map();
    const key = (x, y) => `${Math.floor(x / 64)}:${Math.floor(y / 64)}`;
    const near = (x, y) => {
      const found = [];
      for (let dx = -64; dx <= 64; dx += 64) {
        for (let dy = -64; dy <= 64; dy += 64) found.push(...(grid.get(key(x + dx, y + dy)) ?? []));
      }
      return found;
    };
    const room = (mark, other) => (mark.selected || other.mark.selected ? SELECTED_APART_PX : cell);
    const blocker = (mark, x, y) =>
      near(x, y).find((other) => Math.hypot(other.x - x, other.y - y) < room(mark, other));

    for (const mark of marks) {
      let { x, y } = mark;
      const first = blocker(mark, x, y);
      let aside = false;
      if (first && !flood) {
        const reach = room(mark, first) + 2;
        const free = Array.from({ length: ASIDE }, (_, i) => {
          const angle = Math.PI / 8 + (i * 2 * Math.PI) / ASIDE;
          return [first.x + reach * Math.cos(angle), first.y + reach * Math.sin(angle)];
        }).filter(([tryX, tryY]) => !blocker(mark, tryX, tryY));
        free.sort((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y));
        aside = free.length > 0;
        if (aside) [x, y] = free[0];
      }
      if (first && !aside) {
        first.count += 1;
        continue;
      }
      const place = { mark, x, y, count: 1, aside };
      placed.push(place);
      const at = key(x, y);
      if (!grid.has(at)) grid.set(at, []);
      grid.get(at).push(place);
    }
    return placed;
  };
})();
