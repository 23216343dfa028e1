// The five kinds of cameras by their shape; 18 px, in the quiet steel of the palette.
"use strict";

(() => {
  const body = (context, x, y) => {
    CK.roundBox(context, x - 6, y - 3.5, 8, 7, 1.5);
    context.fill();
    context.beginPath();
    context.moveTo(x + 2.5, y - 0.8);
    context.lineTo(x + 6, y - 3.2);
    context.lineTo(x + 6, y + 3.2);
    context.lineTo(x + 2.5, y + 0.8);
    context.fill();
  };

  const ring = (context, x, y, radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  };

  const GLYPHS = {
    fixed: body,
    // A dome below its ceiling.
    ptz: (context, x, y) => {
      context.fillRect(x - 6, y - 5.5, 12, 2.4);
      context.beginPath();
      context.arc(x, y - 2, 5.4, 0, Math.PI);
      context.fill();
      ring(context, x, y, 1.9);
      context.fillStyle = CK.palette.bg2;
      context.fill();
    },
    // Four rotors on a cross.
    drone: (context, x, y) => {
      context.lineWidth = 1.6;
      context.strokeStyle = context.fillStyle;
      context.beginPath();
      context.moveTo(x - 4, y - 4);
      context.lineTo(x + 4, y + 4);
      context.moveTo(x + 4, y - 4);
      context.lineTo(x - 4, y + 4);
      context.stroke();
      for (const [dx, dy] of [[-4, -4], [4, -4], [-4, 4], [4, 4]]) {
        ring(context, x + dx, y + dy, 2.3);
        context.stroke();
      }
    },
    // A car with a lens on its roof.
    vehicle: (context, x, y) => {
      CK.roundBox(context, x - 6.5, y - 1, 13, 5, 1.5);
      context.fill();
      CK.roundBox(context, x - 3.5, y - 4.5, 7, 4, 1);
      context.fill();
      ring(context, x - 3.6, y + 4.4, 1.7);
      context.fill();
      ring(context, x + 3.6, y + 4.4, 1.7);
      context.fill();
    },
    // Head and shoulders with a lens on the chest.
    bodycam: (context, x, y) => {
      ring(context, x, y - 3.6, 2.5);
      context.fill();
      context.beginPath();
      context.arc(x, y + 6, 5.6, Math.PI, 2 * Math.PI);
      context.fill();
      ring(context, x, y + 3.6, 1.4);
      context.fillStyle = CK.palette.bg2;
      context.fill();
    },
  };

  CK.CAMERA_KINDS = ["fixed", "ptz", "drone", "vehicle", "bodycam"];

  const sprites = new Map(); // "theme kind online ratio" -> canvas: hundreds stand on a screen
  const SPRITE_PX = 22;

  // Without its box and small: where many stand close they must not hide the streets.
  const paintBare = (context, x, y, kind, online) => {
    context.translate(x, y);
    context.scale(0.8, 0.8);
    context.shadowColor = CK.palette.halo;
    context.shadowBlur = 3;
    context.fillStyle = online ? CK.palette.quiet : CK.palette.border;
    (GLYPHS[kind] ?? body)(context, 0, 0);
    (GLYPHS[kind] ?? body)(context, 0, 0);
    context.shadowBlur = 0;
    if (!online) CK.paintStruck(context, 0, 0, 6);
  };

  // The glyph as it stands in a crowd, drawn once and copied then.
  CK.stampCamera = (context, x, y, kind, online, bare) => {
    const ratio = window.devicePixelRatio || 1;
    const key = `${CK.theme} ${kind} ${online} ${bare} ${ratio}`;
    let sprite = sprites.get(key);
    if (!sprite) {
      sprite = document.createElement("canvas");
      sprite.width = sprite.height = SPRITE_PX * ratio;
      const own = sprite.getContext("2d");
      own.scale(ratio, ratio);
      if (bare) paintBare(own, SPRITE_PX / 2, SPRITE_PX / 2, kind, online);
      else CK.paintCamera(own, SPRITE_PX / 2, SPRITE_PX / 2, kind, { online });
      sprites.set(key, sprite);
    }
    const at = (px) => Math.round((px - SPRITE_PX / 2) * ratio) / ratio;
    context.drawImage(sprite, at(x), at(y), SPRITE_PX, SPRITE_PX);
  };

  CK.paintCamera = (context, x, y, kind, { selected = false, online = true } = {}) => {
    CK.roundBox(context, x - 9, y - 9, 18, 18, 3);
    context.fillStyle = CK.palette.bg2;
    context.fill();
    context.lineWidth = selected ? 2 : 1;
    context.strokeStyle = selected ? CK.palette.focus : CK.palette.line;
    context.stroke();
    context.fillStyle = online ? CK.palette.accent : CK.palette.border;
    (GLYPHS[kind] ?? body)(context, x, y);
    if (!online) CK.paintStruck(context, x, y, 6);
  };

  // Not there at the moment: struck through.
  CK.paintStruck = (context, x, y, reach) => {
    context.beginPath();
    context.moveTo(x - reach, y + reach);
    context.lineTo(x + reach, y - reach);
    context.strokeStyle = CK.palette.bg0;
    context.lineWidth = 3.5;
    context.stroke();
    context.strokeStyle = CK.palette.text2;
    context.lineWidth = 1.5;
    context.stroke();
  };

  // The pill of many: a small camera and how many.
  CK.paintPill = (context, x, y, count, struck) => {
    const text = CK.countText(count);
    context.font = CK.font(12);
    const wide = Math.round(context.measureText(text).width) + 28;
    CK.roundBox(context, Math.round(x - wide / 2) + 0.5, Math.round(y) - 9.5, wide, 19, 4);
    context.fillStyle = CK.palette.bg2;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = CK.palette.line;
    context.stroke();
    context.fillStyle = CK.palette.accent;
    body(context, x - wide / 2 + 12, y);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = CK.palette.text2;
    context.fillText(text, Math.round(x - wide / 2) + 22, y + 0.5);
    if (struck) {
      context.fillStyle = CK.palette.border;
      context.fillRect(x - wide / 2 + 2, y + 7, (wide - 4) * struck, 2);
    }
    return { wide, high: 20 };
  };
})();
