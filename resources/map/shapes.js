// The levels' shapes: octagon 特, triangle 重, diamond 较, circle 般. Filled is not
// acknowledged, outline is, dashed is back to normal but not acknowledged.
"use strict";

(() => {
  const BOX = 28;
  const CORNERS = {
    red: [[9, 1.5], [19, 1.5], [26.5, 9], [26.5, 19], [19, 26.5], [9, 26.5], [1.5, 19], [1.5, 9]],
    orange: [[14, 1.5], [27, 25.5], [1, 25.5]],
    yellow: [[14, 0.8], [27.2, 14], [14, 27.2], [0.8, 14]],
  };
  const GLYPH_Y = { orange: 17.8 };
  const TOKEN = { red: "p1", orange: "p2", yellow: "p3", blue: "p4" };

  CK.levelColour = (level) => CK.palette[TOKEN[level]] ?? CK.palette.text2;

  CK.tracePath = (context, level) => {
    context.beginPath();
    const corners = CORNERS[level];
    if (corners) {
      corners.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.closePath();
    } else {
      context.arc(BOX / 2, BOX / 2, 12.5, 0, 2 * Math.PI);
    }
  };

  // `look` is filled, outline, dashed or muted; the middle of the square is at x, y.
  CK.paintLevel = (context, x, y, size, level, look) => {
    const grown = level === "orange" || level === "yellow" ? size * (1 + 4 / 28) : size;
    const scale = grown / BOX;
    const hue = look === "muted" ? CK.palette.text2 : CK.levelColour(level);
    context.save();
    context.translate(x - grown / 2, y - grown / 2);
    context.scale(scale, scale);
    CK.tracePath(context, level);
    context.lineJoin = "round";
    // A dark rim lifts the shape off roads and off its neighbours.
    context.lineWidth = 5;
    context.strokeStyle = CK.palette.bg0;
    context.stroke();
    context.fillStyle = look === "filled" ? hue : CK.palette.bg0;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = hue;
    if (look === "dashed") context.setLineDash([3.2, 2.4]);
    context.stroke();
    context.setLineDash([]);
    context.font = CK.font(Math.max(12.5, 12 / scale), true);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = look === "filled" ? CK.palette.ink : hue;
    context.fillText(CK.words.glyphs[level] ?? "?", BOX / 2, (GLYPH_Y[level] ?? BOX / 2) + 0.6);
    context.restore();
  };

  // The small figure beside a mark that stands for several.
  CK.paintCount = (context, x, y, count) => {
    const text = count > 999 ? "999+" : String(count);
    context.font = CK.font(12, true);
    const width = Math.max(16, context.measureText(text).width + 8);
    CK.roundBox(context, x, y - 8, width, 16, 4);
    context.fillStyle = CK.palette.bg3;
    context.fill();
    context.fillStyle = CK.palette.text;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x + width / 2, y + 0.5);
    return width;
  };
})();
