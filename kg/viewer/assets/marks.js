// Marks: the shapes of things, the heads of arrows, and both as little pictures for the legend and the panel.

const theme = {};

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "card", "ink", "muted", "hair", "track", "band", "edge", "accent"]) theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.tone = matchMedia("(prefers-color-scheme: dark)").matches && !document.documentElement.classList.contains("paper") ? "dark" : "light";
}

function shape(context, kind, x, y, r) {
  context.beginPath();
  if (kind === "square") context.roundRect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76, r * 0.3);
  else if (kind === "diamond" || kind === "hexagon" || kind.startsWith("triangle")) {
    const corners = { diamond: 4, hexagon: 6 }[kind] || 3;
    const turn = kind === "triangle-down" ? Math.PI / 2 : -Math.PI / 2;
    const size = corners === 3 ? r * 1.2 : r * 1.1;
    for (let i = 0; i < corners; i += 1) {
      const angle = turn + (2 * Math.PI * i) / corners;
      context.lineTo(x + size * Math.cos(angle), y + size * Math.sin(angle) + (corners === 3 ? Math.sign(turn) * -r * 0.15 : 0));
    }
    context.closePath();
  } else context.arc(x, y, r, 0, 2 * Math.PI);
}

function arrowHead(context, kind, [x, y], angle, size) {
  if (kind === "none") return;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.setLineDash([]);
  context.beginPath();
  if (kind === "solid") {
    context.moveTo(2, 0);
    context.lineTo(-size, -size * 0.52);
    context.lineTo(-size * 0.72, 0);
    context.lineTo(-size, size * 0.52);
    context.closePath();
    context.fill();
  } else if (kind === "diamond") {
    context.moveTo(2, 0);
    context.lineTo(-size * 0.55, -size * 0.42);
    context.lineTo(-size * 1.1, 0);
    context.lineTo(-size * 0.55, size * 0.42);
    context.closePath();
    context.fill();
  } else if (kind === "open") {
    context.moveTo(-size * 0.85, -size * 0.5);
    context.lineTo(1, 0);
    context.lineTo(-size * 0.85, size * 0.5);
    context.stroke();
  } else if (kind === "bar") {
    context.moveTo(0, -size * 0.45);
    context.lineTo(0, size * 0.45);
    context.stroke();
  } else if (kind === "dot") {
    context.arc(-1, 0, size * 0.24, 0, 2 * Math.PI);
    context.fill();
  }
  context.restore();
}

const pictures = new Map();
/** A little picture; each is drawn once, as a drawing that is sharp at any size, and copied after that. */
function picture(key, [width, height], name, draw) {
  const known = `${theme.tone} ${name} ${key}`;
  if (!pictures.has(known)) {
    const context = new SvgContext(width, height);
    draw(context);
    pictures.set(known, svg("svg", { class: name, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, ...context.shapes()));
  }
  return pictures.get(known).cloneNode(true);
}

function typeMark(look, size = 14) {
  const block = (look.id === "ModelFamily" && state.view === "lineage") || (look.id === "Organization" && state.view === "people");
  return picture(`${look.id} ${block}`, [size, size], size < 14 ? "mark small" : "mark", (context) => {
    const ring = look.shape === "ring";
    context.fillStyle = context.strokeStyle = look[theme.tone];
    context.lineWidth = 2;
    context.beginPath();
    if (block) context.roundRect(0, size * 0.22, size, size * 0.56, size * 0.28);
    else shape(context, look.shape, size / 2, size / 2, size * (ring ? 0.32 : 0.38));
    if (ring && !block) context.stroke();
    else context.fill();
  });
}

function kindMark(kind, relation = kind) {
  return picture(JSON.stringify([kind.arrow, kind.width, relation.dash, relation[theme.tone]]), [34, 14], "mark wide", (context) => {
    context.strokeStyle = context.fillStyle = relation[theme.tone];
    context.lineWidth = kind.width;
    context.setLineDash(relation.dash);
    context.beginPath();
    context.moveTo(1, 7);
    context.lineTo(30, 7);
    context.stroke();
    arrowHead(context, kind.arrow, [30, 7], 0, 5 + kind.width * 1.6);
  });
}
