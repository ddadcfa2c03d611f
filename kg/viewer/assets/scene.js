// The picture. vis-network holds the canvas and the camera; everything on it is drawn here, in pixels of the screen.

const container = document.getElementById("canvas");
const network = new vis.Network(container, { nodes: new vis.DataSet(), edges: new vis.DataSet() }, read("kg-options"));
const FONT = getComputedStyle(document.body).fontFamily;
const theme = {};
const camera = { x: 0, y: 0, scale: 1, width: 1, height: 1 };

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "muted", "hair", "track", "band"]) theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.tone = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

const project = ([x, y]) => [(x - camera.x) * camera.scale + camera.width / 2, (y - camera.y) * camera.scale + camera.height / 2];
const isPill = (node) => state.view === "lineage" && node.look.shape === "ring" && node.type === "ModelFamily";

const pillScale = () => Math.min(1.1, Math.max(0.62, camera.scale));

function fontOf(node) {
  if (isPill(node)) return `650 ${(13 * pillScale()).toFixed(1)}px ${FONT}`;
  if (node.type === "ModelFamily") return `650 12.5px ${FONT}`;
  if (node.type === "Paper") return `italic 12px ${FONT}`;
  if (node.type === "Person" || node.type === "AuthorGroup") return `11.5px ${FONT}`;
  return `500 12px ${FONT}`;
}

const widths = new Map();
function textWidth(context, font, text) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

function radiusOf(node) {
  if (state.view === "lineage") return node.look.size * Math.min(1.15, Math.max(0.55, camera.scale));
  return (node.look.size + Math.min(5, Math.sqrt(node.weight) * 0.5)) * Math.min(1.5, Math.max(0.4, camera.scale ** 0.6));
}

function locate(context) {
  const position = network.getViewPosition();
  Object.assign(camera, { x: position.x, y: position.y, scale: network.getScale(), width: container.clientWidth, height: container.clientHeight });
  for (const node of nodes) {
    if (!node.shown) continue;
    node.screen = project(node.at[state.view]);
    node.radius = radiusOf(node);
    const [x, y] = node.screen;
    const size = pillScale();
    node.box = isPill(node) ? [x - 10 * size, y - 12 * size, x + textWidth(context, fontOf(node), node.short) + 13 * size, y + 12 * size] : [x - node.radius, y - node.radius, x + node.radius, y + node.radius];
  }
}

const onScreen = ([left, top, right, bottom], margin = 40) => right > -margin && bottom > -margin && left < camera.width + margin && top < camera.height + margin;

/** The line of an edge, from where its arrow comes to where it points. */
function lineOf(edge) {
  const [start, end] = edge.kind.flow ? [edge.object, edge.subject] : [edge.subject, edge.object];
  let points;
  if (state.view === "lineage") points = lineageLine(edge, start, end);
  else {
    const { index, of } = edge.place;
    const turn = edge.from < edge.to === edge.kind.flow ? 1 : -1;
    points = bow(start.screen, end.screen, (of > 1 ? (index - (of - 1) / 2) * 0.16 : 0) * turn);
  }
  return trimmed(points, isPill(start) ? 0 : start.radius + 1, isPill(end) ? 1 : end.radius + (edge.kind.arrow === "none" ? 0 : 3));
}

function lineageLine(edge, start, end) {
  const shift = edge.place.index * 4;
  const from = isPill(start) ? [start.box[0], start.screen[1]] : start.screen;
  const to = isPill(end) ? [end.box[0], end.screen[1]] : end.screen;
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  if (dx > 12 && Math.abs(dy) < 2) return [from, [to[0], to[1]]];
  if (isPill(start) && isPill(end)) return bracket(from, to, Math.min(from[0], to[0]) - 16 * pillScale(), 12);
  if (dx > 12 && start.block === end.block) return elbow([from[0] + shift, from[1]], to, 12);
  if (dx > 12) return curve(from, [from[0] + dx * 0.1, from[1] + dy * 0.7], [to[0] - Math.min(60, dx * 0.6), to[1] - dy * 0.18], to, 24);
  return curve(from, [from[0] - 40, from[1] + dy * 0.2], [to[0] - 60, to[1] - dy * 0.2], to, 24);
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

function drawEdge(context, edge, focus) {
  edge.line = null;
  if (!onScreen(hull(edge.subject.box, edge.object.box))) return;
  const line = lineOf(edge);
  edge.line = line;
  if (!line || line.length < 2) return;
  const bright = focus !== null && focus.has(edge);
  const everything = state.view !== "lineage";
  const quiet = everything && focus === null && ["bibliographic", "attribution", "membership"].includes(edge.kind.id);
  context.globalAlpha = focus !== null && !bright ? 0.09 : quiet ? 0.6 : everything && !bright ? 0.8 : 1;
  context.strokeStyle = context.fillStyle = edge.name[theme.tone];
  context.lineWidth = edge.kind.width * (bright ? 1.25 : everything ? 0.85 : 1);
  context.setLineDash(edge.name.dash);
  context.beginPath();
  context.moveTo(...line[0]);
  for (const point of line.slice(1)) context.lineTo(...point);
  context.stroke();
  const last = line.at(-1);
  const before = line.at(-2);
  const size = (5 + edge.kind.width * 1.6) * (everything ? 0.85 : 1);
  if (camera.scale > 0.3 || bright) arrowHead(context, edge.kind.arrow, last, Math.atan2(last[1] - before[1], last[0] - before[0]), size);
}

const hull = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];

function drawNode(context, node, focus) {
  if (!onScreen(node.box)) return;
  const [x, y] = node.screen;
  const color = node.look[theme.tone];
  context.globalAlpha = focus !== null && !focus.has(node) ? 0.16 : 1;
  context.setLineDash([]);
  if (isPill(node)) {
    const [left, top, right, bottom] = node.box;
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, (bottom - top) / 2);
    context.globalAlpha = focus !== null && !focus.has(node) ? 0.25 : 1;
    context.fillStyle = color;
    context.fill();
    context.fillStyle = theme.paper;
    context.font = fontOf(node);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(node.short, left + 11.5 * pillScale(), y + 0.5);
  } else {
    shape(context, node.look.shape, x, y, node.radius + 1.5);
    context.fillStyle = theme.paper;
    context.fill();
    shape(context, node.look.shape, x, y, node.radius);
    context.fillStyle = color;
    if (node.look.shape === "ring" || (state.view === "lineage" && !node.when)) {
      shape(context, node.look.shape, x, y, node.radius - 1);
      context.fillStyle = theme.paper;
      context.fill();
      context.strokeStyle = color;
      context.lineWidth = 2;
      context.stroke();
    } else context.fill();
  }
  if (node === state.selected || node === state.hovered) {
    context.globalAlpha = 1;
    context.strokeStyle = theme.ink;
    context.lineWidth = node === state.selected ? 2 : 1;
    context.beginPath();
    if (isPill(node)) context.roundRect(node.box[0] - 3.5, node.box[1] - 3.5, node.box[2] - node.box[0] + 7, node.box[3] - node.box[1] + 7, 15);
    else context.arc(x, y, node.radius + 4.5, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** Where a label may stand: in the lineage above its dot, elsewhere beside it. Text starts at [x, y]. */
function spots(node, width) {
  const [x, y] = node.screen;
  const r = node.radius;
  if (state.view === "lineage") return [[x - r, y - r - 10], [x - r, y + r + 10], [x + r + 6, y]];
  return [[x + r + 4, y], [x - width / 2, y - r - 9], [x - width / 2, y + r + 10], [x - r - 4 - width, y]];
}

/** Whether no card covers this stretch of the canvas; what is under a card anyway may be written there. */
function inside(left, right) {
  const { inset } = scene;
  return left > inset.left + 2 && right < camera.width - inset.right - 2;
}

const labelOrder = () =>
  nodes
    .filter((node) => node.shown && !isPill(node))
    .sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));

const RANKS = { ModelFamily: 60, Paper: 4, Organization: 12, Model: 8, Benchmark: 6 };
const rank = (node) => node.weight + (RANKS[node.type] || 0);

function drawLabels(context, focus) {
  const boxes = new Boxes();
  for (const node of nodes) if (node.shown && onScreen(node.box, 0)) boxes.add([...node.box, node]);
  const first = [state.selected, state.hovered].filter((thing) => thing && !isEdge(thing) && thing.shown);
  const order = [...new Set([...first, ...(focus ? scene.order.filter((node) => focus.has(node)) : []), ...scene.order])];
  let left = Math.max(22, (camera.width * camera.height) / (state.view === "lineage" ? 3000 : 10000));
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const node of order) {
    if (left <= 0) break;
    if (!node.shown || isPill(node) || !onScreen(node.box, 0)) continue;
    if (focus !== null && !focus.has(node) && state.view !== "lineage") continue;
    const font = fontOf(node);
    const width = textWidth(context, font, node.short);
    const forced = first.includes(node);
    const spot = spots(node, width).find(([x, y]) => inside(x, x + width) && boxes.free([x - 3, y - 8, x + width + 4, y + 8], node)) || (forced && spots(node, width)[0]);
    if (!spot) continue;
    boxes.add([spot[0] - 3, spot[1] - 8, spot[0] + width + 4, spot[1] + 8, null]);
    left -= 1;
    context.globalAlpha = focus !== null && !focus.has(node) ? 0.3 : 1;
    context.font = font;
    context.strokeStyle = theme.paper;
    context.lineWidth = 4;
    context.strokeText(node.short, ...spot);
    context.fillStyle = ["Person", "AuthorGroup", "Paper"].includes(node.type) && !forced ? theme.muted : theme.ink;
    context.fillText(node.short, ...spot);
  }
}

/** The families as blocks. */
function drawBlocks(context, view) {
  context.setLineDash([]);
  context.globalAlpha = 1;
  context.fillStyle = theme.band;
  context.strokeStyle = theme.hair;
  context.lineWidth = 1;
  for (const block of view.blocks) {
    if (!block.family) continue;
    const [left, top] = project([block.left, block.top]);
    const [right, bottom] = project([block.right, block.bottom]);
    context.beginPath();
    context.roundRect(left - 4, top, right - left + 8, bottom - top, 12);
    context.fill();
    context.stroke();
  }
}

/** The periods: a line where each begins; above all, its day or month and the year where it changes. */
function drawTicks(context, view, names) {
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
    free[what] = x + 11 + textWidth(context, font, tick[what]);
  };
  let year = "";
  for (const tick of view.ticks) {
    const x = Math.round(project([tick.x, 0])[0] - 20 * Math.min(1, camera.scale)) + 0.5;
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

const MANY = 1500;
const scene = { order: [], moving: 0, inset: { top: 0, right: 0, bottom: 0, left: 0 } };

/** While the picture moves, many edges are left out; they are back when it rests. */
function moving() {
  clearTimeout(scene.moving);
  scene.moving = setTimeout(() => {
    scene.moving = 0;
    network.redraw();
  }, 140);
}

function draw(context) {
  const ratio = context.canvas.width / container.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  locate(context);
  const focus = focusOf(state.hovered || state.selected);
  const view = viewById.get(state.view);
  if (view.ticks.length) drawTicks(context, view, false);
  drawBlocks(context, view);
  context.lineCap = "butt";
  const resting = !scene.moving || edges.length <= MANY;
  if (resting) for (const edge of edges) if (edge.shown && !(focus && focus.has(edge))) drawEdge(context, edge, focus);
  if (focus) for (const edge of edges) if (edge.shown && focus.has(edge)) drawEdge(context, edge, focus);
  for (const node of nodes) if (node.shown) drawNode(context, node, focus);
  drawLabels(context, focus);
  if (view.ticks.length) drawTicks(context, view, true);
  context.restore();
}

/** The thing under a point of the canvas, nodes before edges. */
function thingAt(x, y, reach = 5) {
  let best = null;
  let nearest = reach;
  for (const node of nodes) {
    if (!node.shown || !node.box) continue;
    const away = Math.hypot(Math.max(node.box[0] - x, 0, x - node.box[2]), Math.max(node.box[1] - y, 0, y - node.box[3]));
    if (away < nearest) [best, nearest] = [node, away];
  }
  if (best) return best;
  for (const edge of edges) {
    if (!edge.shown || !edge.line) continue;
    const away = distanceTo(edge.line, x, y);
    if (away < nearest) [best, nearest] = [edge, away];
  }
  return best;
}

/** Show these things in what the panels leave free of the canvas. */
function fit(things, { animate = true, closest = 1.25, least = 0 } = {}) {
  const points = things.map((node) => node.at[state.view]);
  if (!points.length) return;
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const lineage = state.view === "lineage";
  const pad = { left: lineage ? 42 : 70, right: lineage ? 110 : 90, top: lineage ? 78 : 40, bottom: 34 };
  const { inset } = scene;
  const width = Math.max(80, container.clientWidth - inset.left - inset.right - pad.left - pad.right);
  const height = Math.max(80, container.clientHeight - inset.top - inset.bottom - pad.top - pad.bottom);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const full = Math.min(width / Math.max(1, box[2] - box[0]), height / Math.max(1, box[3] - box[1]), closest);
  const scale = Math.max(full, least);
  const middle = [inset.left + pad.left + width / 2, inset.top + pad.top + height / 2];
  const middleOf = (values, room) => (room >= Math.max(...values) - Math.min(...values) ? (Math.max(...values) + Math.min(...values)) / 2 : values.toSorted((a, b) => a - b)[values.length >> 1]);
  const shown = [middleOf(xs, width / scale), middleOf(ys, height / scale)];
  const position = { x: shown[0] - (middle[0] - container.clientWidth / 2) / scale, y: shown[1] - (middle[1] - container.clientHeight / 2) / scale };
  const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position, scale, animation: still ? false : { duration: 350, easingFunction: "easeInOutCubic" } });
}
