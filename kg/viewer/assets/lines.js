// The picture in lines and letters, drawn in pixels of the screen: on the canvas, into a bitmap or into an SVG alike.

const FONT = getComputedStyle(document.body).fontFamily;
/** Where the camera is; `inset` is what the cards take from the canvas. */
const camera = { x: 0, y: 0, scale: 1, width: 1, height: 1 };

const projectX = (x) => (x - camera.x) * camera.scale + camera.width / 2;
const projectY = (y) => (y - camera.y) * camera.scale + camera.height / 2;
const spot = (node) => {
  const { x, y } = places.get(state.view);
  return [projectX(x[node]), projectY(y[node])];
};

const pillSize = () => Math.min(1.1, Math.max(0.7, camera.scale));
/** Families in the lineage and laboratories among people are pills, what is compared stands on chips; from afar all are dots. */
const isPill = (node) => camera.scale > 0.3 && ((state.view === "lineage" && typeIs(node, "ModelFamily")) || (state.view === "people" && typeIs(node, "Organization")));
const isChip = () => state.view === "compare" && camera.scale > 0.5;

function fontOf(node) {
  const type = things.type.words[things.type.of[node]];
  if (isPill(node)) return `650 ${(13 * pillSize()).toFixed(1)}px ${FONT}`;
  if (isChip()) return `500 ${(12.5 * pillSize()).toFixed(1)}px ${FONT}`;
  const size = (most) => `${(state.view === "everything" ? most : most * Math.min(1, Math.max(0.88, camera.scale ** 0.25))).toFixed(1)}px ${FONT}`;
  if (type === "ModelFamily") return `650 ${size(12.5)}`;
  if (type === "Organization") return `600 ${size(12)}`;
  if (type === "Paper") return `italic ${size(12)}`;
  if (type === "Person" || type === "AuthorGroup") return size(11.5);
  return `500 ${size(12)}`;
}

const widths = new Map();
const ruler = make("canvas").getContext("2d");
function textWidth(font, text) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

function radiusOf(node) {
  const { size } = lookOf(node);
  if (state.view !== "everything") return size * Math.min(1.15, Math.max(0.35, camera.scale));
  return (size + Math.min(5, Math.sqrt(degreeOf(node)) * 0.5)) * Math.min(1.5, Math.max(0.14, camera.scale ** 0.6));
}

/** What a thing covers: left, top, right, bottom. */
function boxOf(node) {
  const [x, y] = spot(node);
  const size = pillSize();
  if (isPill(node)) return [x - 10 * size, y - 12 * size, x + textWidth(fontOf(node), shortOf(node)) + 13 * size, y + 12 * size];
  if (isChip()) return [x - 10 * size, y - 14 * size, x + textWidth(fontOf(node), shortOf(node)) + 24 * size, y + 14 * size];
  const r = radiusOf(node);
  return [x - r, y - r, x + r, y + r];
}

/** The line of a claim, from where its arrow comes to where it points; null where nothing is left of it. */
function lineOf(claim) {
  const kind = kindOf(claim);
  let [start, end] = kind.flow ? [claims.to[claim], claims.from[claim]] : [claims.from[claim], claims.to[claim]];
  const { x } = places.get(state.view);
  if (state.view === "people" && x[start] > x[end]) [start, end] = [end, start];
  const [from, to] = [boxOf(start), boxOf(end)];
  let points;
  if (state.view === "lineage" || state.view === "people") points = laneLine(claim, start, end, from, to);
  else if (isChip()) points = chipLine(from, to);
  else {
    const same = siblings(claim);
    const turn = claims.from[claim] < claims.to[claim] === kind.flow ? 1 : -1;
    points = bow(spot(start), spot(end), (same.length > 1 ? (same.indexOf(claim) - (same.length - 1) / 2) * 0.16 : 0) * turn);
  }
  if (isChip()) return points;
  return trimmed(points, isPill(start) ? 0 : radiusOf(start) + 1, isPill(end) ? 1 : radiusOf(end) + (kind.arrow === "none" ? 0 : 3));
}

function chipLine(from, to) {
  const [y, y2] = [(from[1] + from[3]) / 2, (to[1] + to[3]) / 2];
  if (to[0] > from[2]) {
    const reach = Math.max(18, (to[0] - from[2]) * 0.5);
    return curve([from[2] + 1, y], [from[2] + reach, y], [to[0] - reach, y2], [to[0] - 4, y2], 20);
  }
  if (from[0] > to[2]) {
    const reach = Math.max(18, (from[0] - to[2]) * 0.5);
    return curve([from[0] - 1, y], [from[0] - reach, y], [to[2] + reach, y2], [to[2] + 2, y2], 20);
  }
  const side = Math.max(from[2], to[2]) + 34 + Math.abs(y2 - y) * 0.1;
  return curve([from[2] + 1, y], [side, y], [side, y2], [to[2] + 4, y2], 20);
}

function laneLine(claim, start, end, startBox, endBox) {
  const { block } = places.get(state.view);
  const [from, to] = [spot(start), spot(end)];
  if (isPill(start)) from[0] = startBox[0];
  if (isPill(end)) to[0] = endBox[0];
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  if (dx > 12 && Math.abs(dy) < 2) return [from, to];
  if (isPill(start) && isPill(end)) return bracket(from, to, Math.min(from[0], to[0]) - 16 * pillSize(), 12);
  if (dx > 12 && block[start] === block[end]) return elbow([from[0] + (state.view === "lineage" ? siblings(claim).indexOf(claim) * 4 : 0), from[1]], to, 12);
  if (dx > 12) return curve(from, [from[0] + dx * 0.1, from[1] + dy * 0.7], [to[0] - Math.min(60, dx * 0.6), to[1] - dy * 0.18], to, 24);
  return curve(from, [from[0] - 40, from[1] + dy * 0.2], [to[0] - 60, to[1] - dy * 0.2], to, 24);
}

const QUIET = ["bibliographic", "attribution", "membership", "identity"];

function drawClaim(context, claim, focus) {
  const line = lineOf(claim);
  if (!line || line.length < 2) return;
  const kind = kindOf(claim);
  const look = kind === relationOf(claim).kind ? relationOf(claim) : kind;
  const bright = focus !== null && focus.claims.has(claim);
  const loose = state.view === "everything";
  const quiet = QUIET.includes(kind.id) && (loose || state.view === "people");
  const airy = Math.max(0.35, Math.min(1, Math.sqrt(220 / crowd.claimCount))); // many lines are each paler
  context.globalAlpha = focus !== null && !bright ? 0.09 * airy : bright ? 1 : (quiet ? 0.6 : loose ? 0.8 : 1) * airy;
  context.strokeStyle = context.fillStyle = look[theme.tone];
  context.lineWidth = kind.width * (bright ? 1.25 : loose ? 0.85 : 1) * Math.min(1, 0.35 + camera.scale);
  context.setLineDash(look.dash);
  context.beginPath();
  trace(context, line, [-80, -80, camera.width + 80, camera.height + 80]);
  context.stroke();
  const last = line.at(-1);
  const before = line.at(-2);
  const size = (5 + kind.width * 1.6) * (loose ? 0.85 : 1) * Math.min(1, 0.4 + camera.scale);
  if (camera.scale > 0.3 || bright) arrowHead(context, kind.arrow, last, Math.atan2(last[1] - before[1], last[0] - before[0]), size);
}

/** The parts of a thing's picture that are cards with its name on them. */
function drawCard(context, node, dim) {
  const look = lookOf(node);
  const color = look[theme.tone];
  const [left, top, right, bottom] = boxOf(node);
  const size = pillSize();
  const middle = (top + bottom) / 2;
  context.globalAlpha = dim ? 0.25 : 1;
  context.beginPath();
  context.roundRect(left, top, right - left, bottom - top, isChip() ? 8 * size : (bottom - top) / 2);
  context.fillStyle = isChip() ? theme.card : color;
  context.fill();
  if (isChip()) {
    context.strokeStyle = theme.edge;
    context.lineWidth = 1;
    context.stroke();
    shape(context, look.shape === "ring" ? "dot" : look.shape, left + 13 * size, middle, 4.5 * size);
    context.fillStyle = color;
    context.fill();
  }
  context.fillStyle = isChip() ? theme.ink : theme.paper;
  context.font = fontOf(node);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(shortOf(node), left + (isChip() ? 23 : 11.5) * size, middle + 0.5);
}

function drawThing(context, node, focus, halos = true) {
  const dim = focus !== null && !focus.things.has(node);
  context.setLineDash([]);
  if (isPill(node) || isChip()) drawCard(context, node, dim);
  else {
    const look = lookOf(node);
    const [x, y] = spot(node);
    const r = radiusOf(node);
    context.globalAlpha = dim ? 0.16 : 1;
    if (r > 2.5) {
      shape(context, look.shape, x, y, r + 1.5);
      context.fillStyle = theme.paper;
      context.fill();
    }
    const hollow = look.shape === "ring" || (state.view === "lineage" && !whenOf(node));
    shape(context, look.shape, x, y, hollow ? r - Math.min(1, r / 4) : r);
    context.fillStyle = hollow ? theme.paper : look[theme.tone];
    context.fill();
    if (hollow) {
      context.strokeStyle = look[theme.tone];
      context.lineWidth = Math.min(2, r / 2);
      context.stroke();
    }
  }
  if (halos && (node === state.selected || node === state.hovered || node === state.to)) drawHalo(context, node);
}

function drawHalo(context, node) {
  const box = boxOf(node);
  context.globalAlpha = 1;
  context.strokeStyle = theme.ink;
  context.lineWidth = node === state.hovered ? 1 : 2;
  context.beginPath();
  if (isPill(node) || isChip()) context.roundRect(box[0] - 3.5, box[1] - 3.5, box[2] - box[0] + 7, box[3] - box[1] + 7, isChip() ? 11 : 15);
  else context.arc(...spot(node), radiusOf(node) + 4.5, 0, 2 * Math.PI);
  context.stroke();
}

/** Where a label may stand, the best place first; text starts at [x, y]. */
function labelSpots(node, width) {
  const [x, y] = spot(node);
  const r = radiusOf(node) + (node === state.selected || node === state.to ? 5 : 0);
  const [right, above, below, left] = [[x + r + 5, y], [x - width / 2, y - r - 9], [x - width / 2, y + r + 10], [x - r - 4 - width, y]];
  if (state.view !== "lineage" && state.view !== "people") return [right, above, below, left];
  const over = [x - r, y - r - 9];
  return leadsOn(node, y) ? [over, right, [x - r, y + r + 10]] : [right, over, [x - r, y + r + 10]];
}

/** Whether a line leaves a thing to its right, where its label would stand. */
function leadsOn(node, height) {
  if (degreeOf(node) > 60 || camera.scale < 0.3) return false;
  const [x] = spot(node);
  return [...claimsOf(node)].some((claim) => {
    if (!shownClaim[claim]) return false;
    const [ox, oy] = spot(otherEnd(claim, node));
    return Math.abs(oy - height) < 4 && ox > x;
  });
}

/** Write names beside their things, none on another, the most important first; return the things whose names are there. */
function drawLabels(context, order, focus, most) {
  const boxes = new Boxes();
  for (const node of order) boxes.add([...boxOf(node), node]);
  const first = [state.selected, state.hovered, state.to].filter((thing) => isThing(thing) && shown[thing]);
  const bright = focus ? order.filter((node) => focus.things.has(node)) : [];
  const written = [];
  const half = state.view === "everything" ? 8 : 7; // rows stand close
  let left = most;
  let tries = most * 8;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.setLineDash([]);
  for (const node of new Set([...first, ...bright, ...order])) {
    if (left <= 0 || tries <= 0) break;
    tries -= 1;
    if (isPill(node) || isChip()) continue;
    const dim = focus !== null && !focus.things.has(node);
    if (dim && state.view === "everything") continue;
    const font = fontOf(node);
    const text = shortOf(node);
    const width = textWidth(font, text);
    const forced = first.includes(node);
    const spots = labelSpots(node, width);
    const at = spots.find(([x, y]) => clear(x, x + width) && boxes.free([x - 3, y - half, x + width + 4, y + half], node)) || (forced && spots[0]);
    if (!at) continue;
    boxes.add([at[0] - 3, at[1] - half, at[0] + width + 4, at[1] + half, null]);
    left -= 1;
    context.globalAlpha = dim ? 0.3 : 1;
    writeName(context, node, at, forced || (focus && !dim));
    written.push(node);
  }
  return written;
}

function writeName(context, node, at, strong) {
  const text = shortOf(node);
  const soft = typeIs(node, "Person") || typeIs(node, "AuthorGroup") || typeIs(node, "Paper");
  context.font = fontOf(node);
  context.strokeStyle = theme.paper;
  context.lineWidth = 4;
  context.strokeText(text, ...at);
  context.fillStyle = soft && !strong ? theme.muted : theme.ink;
  context.fillText(text, ...at);
}

/** The same names as before where their things are now. */
function drawSameLabels(context, nodes) {
  Object.assign(context, { globalAlpha: 1, textAlign: "left", textBaseline: "middle", lineJoin: "round" });
  context.setLineDash([]);
  for (const node of nodes) {
    const [x, y] = spot(node);
    if (x > -100 && y > 0 && x < camera.width && y < camera.height) writeName(context, node, [x + radiusOf(node) + 5, y], false);
  }
}

/** Whether no card covers this stretch of the canvas. */
function clear(left, right) {
  const { inset } = scene;
  return left > inset.left + 2 && right < camera.width - inset.right - 2;
}

/** The families, or the laboratories, as blocks. */
function drawBlocks(context) {
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.fillStyle = theme.band;
  context.strokeStyle = theme.hair;
  context.lineWidth = 1;
  for (const [number, [headed, x, y, x2, y2]] of viewById.get(state.view).blocks.entries()) {
    if (!shownBlocks.has(number)) continue;
    const [left, top, right, bottom] = [projectX(x), projectY(y), projectX(x2), projectY(y2)];
    if (!headed || right < 0 || bottom < 0 || left > camera.width || top > camera.height || bottom - top < 3) continue;
    context.beginPath();
    context.roundRect(left - 4, top, right - left + 8, bottom - top, Math.min(12, (bottom - top) / 3));
    context.fill();
    context.stroke();
  }
}

/** The periods: a line where each begins; above all, its day or month and the year where it changes. */
function drawTicks(context, names) {
  const { ticks } = viewById.get(state.view);
  if (!ticks.length) return;
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.lineWidth = 1;
  context.textAlign = "left";
  context.textBaseline = "middle";
  if (names) {
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, camera.width, 44);
  }
  const free = { year: -Infinity, label: -Infinity };
  const write = (tick, what, font, color, x, y) => {
    context.font = font;
    context.fillStyle = color;
    if (x < free[what]) return;
    context.fillText(tick[what], x + 5, y);
    free[what] = x + 11 + textWidth(font, tick[what]);
  };
  let year = "";
  for (const tick of ticks) {
    const x = Math.round(projectX(tick.x) - 20 * Math.min(1, camera.scale)) + 0.5;
    const newYear = tick.year !== year;
    year = tick.year;
    context.strokeStyle = theme.hair;
    context.beginPath();
    context.moveTo(x, newYear ? 10 : 26);
    context.lineTo(x, names ? 44 : camera.height);
    context.stroke();
    if (names && newYear) write(tick, "year", `600 12px ${FONT}`, theme.ink, x, 16);
    if (names) write(tick, "label", `11px ${FONT}`, theme.muted, x, 32);
  }
}
