// The box beside the selected alarm: what, how much, where, and whether it is acknowledged.
"use strict";

(() => {
  const PAD_PX = 12;
  const GAP_PX = 42; // from the middle of the mark to the box
  const HEIGHT_PX = 54;
  const WIDEST_PX = 300;

  const place = (mark, width, others, view) => {
    const sides = [];
    for (const gap of [GAP_PX, GAP_PX + 44]) {
      for (const rise of [0.5, 0.85, 0.15]) {
        const y = mark.y - HEIGHT_PX * rise;
        sides.push({ name: "left", x: mark.x - gap - width, y, gap });
        sides.push({ name: "right", x: mark.x + gap, y, gap });
      }
      for (const run of [0.5, 0.85, 0.15]) {
        const x = mark.x - width * run;
        sides.push({ name: "above", x, y: mark.y - gap - HEIGHT_PX, gap });
        sides.push({ name: "below", x, y: mark.y + gap, gap });
      }
    }
    const cost = ({ x, y }) => {
      const hides = (o) =>
        o.x > x - 14 && o.x < x + width + 14 && o.y > y - 14 && o.y < y + HEIGHT_PX + 14;
      const squares = CK.cameras.squares().filter(hides).length;
      const hidden = others.filter((o) => !o.selected && hides(o)).length + 2 * squares;
      const outside =
        x < view.min.x + 8 || x + width > view.max.x - 8 || y < view.min.y + 56 || y + HEIGHT_PX > view.max.y - 40;
      return hidden + (outside ? 100 : 0);
    };
    return sides.reduce((best, side) => (cost(side) < cost(best) ? side : best));
  };

  const pointer = (context, mark, box, width) => {
    const reach = box.gap - 32;
    context.beginPath();
    if (box.name === "left" || box.name === "right") {
      const edge = box.name === "left" ? box.x + width : box.x;
      const tip = box.name === "left" ? edge + reach : edge - reach;
      context.moveTo(edge, mark.y - 6);
      context.lineTo(tip, mark.y);
      context.lineTo(edge, mark.y + 6);
    } else {
      const edge = box.name === "above" ? box.y + HEIGHT_PX : box.y;
      const tip = box.name === "above" ? edge + reach : edge - reach;
      context.moveTo(mark.x - 6, edge);
      context.lineTo(mark.x, tip);
      context.lineTo(mark.x + 6, edge);
    }
    context.fill();
  };

  CK.paintCallout = (context, mark, others, view) => {
    const { alarm } = mark;
    context.font = CK.font(14, true);
    const title = CK.elide(context, alarm.value ? `${alarm.title} ${alarm.value}` : alarm.title, WIDEST_PX);
    const titleWidth = context.measureText(title).width;
    context.font = CK.font(12);
    const note = CK.elide(context, [alarm.place, alarm.state].filter(Boolean).join(" · "), WIDEST_PX);
    const width = Math.max(titleWidth, context.measureText(note).width) + 2 * PAD_PX;
    const box = place(mark, width, others, view);
    const hue = alarm.look === "muted" ? CK.palette.text2 : CK.levelColour(alarm.level);
    context.fillStyle = hue;
    pointer(context, mark, box, width);
    CK.roundBox(context, box.x, box.y, width, HEIGHT_PX, 4);
    context.fillStyle = CK.palette.bg1;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = hue;
    context.stroke();
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.font = CK.font(14, true);
    context.fillStyle = CK.palette.text;
    context.fillText(title, box.x + PAD_PX, box.y + 18);
    context.font = CK.font(12);
    context.fillStyle = CK.palette.text2;
    context.fillText(note, box.x + PAD_PX, box.y + 39);
  };
})();
