// The picture in time. vis-network holds the canvas, the camera and the gestures. What is little is drawn anew in every
// frame; of what is much a bitmap is moved while the picture moves, and painted anew, a slice in each frame.

const container = byId("canvas");
const network = new vis.Network(container, { nodes: new vis.DataSet(), edges: new vis.DataSet() }, await unpack("kg-options"));
const scene = { inset: { top: 0, right: 0, bottom: 0, left: 0 }, layer: null, next: null, stale: true, many: false, labels: [], last: null, movedAt: 0, resting: 0, asked: 0, painted: "", moved: false, byHand: false, goal: null };

const FEW = 900; // so many things and lines are drawn in each frame
const CROWD = 9000; // more than so many are painted as pixels
const REST = 140; // milliseconds after which a picture that stopped moving is drawn with care
const SLICE = 4; // milliseconds of painting in a frame while the picture moves
const LONG_SLICE = 20; // and while it rests
const MARGIN = 0.12; // what a bitmap covers beyond each side of the screen

/** What is on the screen: things, the most important first, and claims. */
const crowd = { things: new Uint32Array(COUNT), thingCount: 0, claims: new Uint32Array(CLAIMS), claimCount: 0 };
const screenX = new Float32Array(COUNT);
const screenY = new Float32Array(COUNT);

function look(margin = 60) {
  const { x, y } = places.get(state.view);
  const [left, top, right, bottom] = [-margin, -margin, camera.width + margin, camera.height + margin];
  const pills = state.view !== "everything" ? 240 : 0; // names to the right of a thing may still be seen
  const [scale, shiftX, shiftY] = [camera.scale, camera.width / 2 - camera.x * camera.scale, camera.height / 2 - camera.y * camera.scale];
  crowd.thingCount = crowd.claimCount = 0;
  for (let i = 0; i < COUNT; i += 1) {
    const node = byRank[i];
    if (!shown[node]) continue;
    const sx = (screenX[node] = x[node] * scale + shiftX);
    const sy = (screenY[node] = y[node] * scale + shiftY);
    if (sx > left - pills && sx < right && sy > top && sy < bottom) crowd.things[crowd.thingCount++] = node;
  }
  for (let i = 0; i < CLAIMS; i += 1) {
    if (!shownClaim[i]) continue;
    const [a, b] = [claims.from[i], claims.to[i]];
    const [ax, ay, bx, by] = [screenX[a], screenY[a], screenX[b], screenY[b]];
    if ((ax < left - pills && bx < left - pills) || (ax > right && bx > right) || (ay < top && by < top) || (ay > bottom && by > bottom)) continue;
    crowd.claims[crowd.claimCount++] = i;
  }
}
const onScreen = () => crowd.things.subarray(0, crowd.thingCount);

function readCamera() {
  const { x, y } = network.getViewPosition();
  Object.assign(camera, { x, y, scale: network.getScale(), width: container.clientWidth, height: container.clientHeight });
}

/** Paint all of the picture but its names. */
function* paint(context, focus = null, halos = true) {
  drawTicks(context, false);
  drawBlocks(context);
  context.lineCap = "butt";
  for (let i = 0; i < crowd.claimCount; i += 1) {
    const claim = crowd.claims[i];
    if (!focus || !focus.claims.has(claim)) drawClaim(context, claim, focus);
    if (i % 30 === 29) yield;
  }
  if (focus) for (const claim of focus.claims) if (shownClaim[claim]) drawClaim(context, claim, focus);
  for (let i = crowd.thingCount - 1; i >= 0; i -= 1) {
    drawThing(context, crowd.things[i], focus, halos);
    if (i % 60 === 0) yield;
  }
}

const through = (steps) => { for (const step of steps) void step; };
const labelsFor = () => Math.max(22, (camera.width * camera.height) / (state.view === "everything" ? 10000 : 2600));

/** Whether the camera has moved since the last frame; once it rests, one more frame is drawn with care. */
function moving() {
  const { last } = scene;
  const same = last && last.x === camera.x && last.y === camera.y && last.scale === camera.scale;
  scene.last = { x: camera.x, y: camera.y, scale: camera.scale };
  if (same) return scene.resting === 0 ? false : performance.now() - scene.movedAt < REST;
  scene.movedAt = performance.now();
  clearTimeout(scene.resting);
  scene.resting = setTimeout(() => { scene.resting = 0; network.redraw(); }, REST);
  return true;
}

function draw(context) {
  const ratio = context.canvas.width / container.clientWidth;
  readCamera();
  const moves = moving();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (scene.many && moves && !scene.stale && scene.layer && scene.layer.view === state.view) drawMoving(context, ratio);
  else drawResting(context, ratio);
  drawTicks(context, true);
  context.restore();
  if (!scene.painted && (!scene.many || scene.layer)) document.documentElement.dataset.painted = scene.painted = "yes";
}

function drawResting(context, ratio) {
  look();
  const focus = focusOf(state.hovered ?? state.selected);
  scene.many = crowd.thingCount + crowd.claimCount > FEW;
  if (!scene.many) {
    scene.next = scene.layer = null;
    scene.stale = false;
    through(paint(context, focus));
    drawLabels(context, [...onScreen()], focus, labelsFor());
    return;
  }
  showLayer(context, focus);
  if (focus) drawFocus(context, focus);
  const throng = crowd.thingCount > CROWD / 3;
  scene.labels = drawLabels(context, [...onScreen().subarray(0, throng ? 400 : 3000)], focus, throng ? 50 : labelsFor());
  improve(ratio);
}

/** A frame of much in motion: the bitmap, and the names that were there when it last stood still. */
function drawMoving(context, ratio) {
  const focus = focusOf(state.selected);
  showLayer(context, focus);
  if (focus && focus.claims.size < 200) drawFocus(context, focus);
  drawSameLabels(context, (scene.labels || []).slice(0, 40));
  improve(ratio);
}

function drawFocus(context, focus) {
  context.lineCap = "butt";
  for (const claim of focus.claims) if (shownClaim[claim]) drawClaim(context, claim, focus);
  for (const node of focus.things) if (shown[node]) drawThing(context, node, focus);
}

/** The bitmap as it was painted last, moved to where its things are now. */
function showLayer(context, focus) {
  const { layer } = scene;
  if (!layer || layer.view !== state.view) return;
  const grow = camera.scale / layer.scale;
  const width = layer.width * grow;
  const height = layer.height * grow;
  context.globalAlpha = focus ? 0.22 : 1;
  context.imageSmoothingQuality = "low";
  context.drawImage(layer.canvas, projectX(layer.x) - width / 2, projectY(layer.y) - height / 2, width, height);
}

const fits = (layer) => layer && layer.view === state.view && layer.x === camera.x && layer.y === camera.y && layer.scale === camera.scale && layer.screen === camera.width * 10000 + camera.height;

/** Go on with the next bitmap for a slice of time, and ask for another frame while there is something to do. */
function improve(ratio) {
  if (scene.asked) return; // it goes on in the frame that is asked for, once in each
  if (scene.stale || (scene.next && scene.next.view !== state.view)) {
    scene.next = null;
    scene.stale = false;
    if (scene.layer) scene.layer.old = true;
  }
  if (fits(scene.layer) && !scene.layer.old) return;
  if (!scene.next) scene.next = startLayer(ratio);
  const { next } = scene;
  const end = performance.now() + (scene.resting ? SLICE : LONG_SLICE);
  let done = false;
  const { width, height, x, y, scale } = camera;
  Object.assign(camera, { width: next.width, height: next.height, x: next.x, y: next.y, scale: next.scale });
  while (!done && performance.now() < end) {
    ({ done } = next.steps.next());
    if (!next.bitmap) next.context.getImageData(0, 0, 1, 1); // what was drawn becomes pixels now, not in one later frame
  }
  Object.assign(camera, { width, height, x, y, scale });
  if (next.bitmap && done) next.context.putImageData(next.bitmap.image, 0, 0);
  if (done) {
    scene.layer = next;
    scene.next = null;
  }
  ask();
}

/** Ask for one more frame, however often it is asked for. */
function ask() {
  if (!scene.asked) scene.asked = requestAnimationFrame(() => { scene.asked = 0; network.redraw(); });
}

function startLayer(ratio) {
  const [width, height] = [Math.round(camera.width * (1 + 2 * MARGIN)), Math.round(camera.height * (1 + 2 * MARGIN))];
  const canvas = make("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const layer = { canvas, context, width, height, view: state.view, x: camera.x, y: camera.y, scale: camera.scale, screen: camera.width * 10000 + camera.height };
  const seen = seenBy(layer);
  const pixels = seen.thingCount + seen.claimCount > CROWD;
  layer.bitmap = pixels ? new Bitmap(canvas.width, canvas.height, theme.paper) : null;
  layer.steps = pixels ? crowdSteps(layer, seen, ratio) : vectorSteps(layer, seen, ratio);
  return layer;
}

/** A layer looks at a little more than the screen; what it sees is kept for it, since the camera moves on meanwhile. */
function seenBy(layer) {
  look(60 + Math.max(layer.width, layer.height) * MARGIN);
  return { things: crowd.things.slice(0, crowd.thingCount), thingCount: crowd.thingCount, claims: crowd.claims.slice(0, crowd.claimCount), claimCount: crowd.claimCount };
}

function* vectorSteps(layer, seen, ratio) {
  layer.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  layer.context.fillStyle = theme.paper;
  layer.context.fillRect(0, 0, layer.width, layer.height);
  const steps = paint(layer.context, null, false);
  for (;;) {
    const kept = { ...crowd };
    Object.assign(crowd, seen);
    const { done } = steps.next();
    Object.assign(crowd, kept);
    if (done) return;
    yield;
  }
}

function* crowdSteps(layer, seen, ratio) {
  const { x, y } = places.get(layer.view);
  const [xs, ys] = [new Float32Array(COUNT), new Float32Array(COUNT)];
  for (let i = 0; i < COUNT; i += 1) {
    xs[i] = ((x[i] - layer.x) * layer.scale + layer.width / 2) * ratio;
    ys[i] = ((y[i] - layer.y) * layer.scale + layer.height / 2) * ratio;
  }
  yield;
  // The first picture of a view has its things only, so that it is there at once.
  layer.old = scene.layer?.view !== layer.view;
  if (!layer.old) yield* paintLines(layer.bitmap, seen, xs, ys);
  yield* paintDots(layer.bitmap, seen, xs, ys, ratio);
}

/** Whether a point may be on the line of a claim, however that is bent. */
function nearClaim(claim, x, y) {
  const [ax, ay, bx, by] = [screenX[claims.from[claim]], screenY[claims.from[claim]], screenX[claims.to[claim]], screenY[claims.to[claim]]];
  const room = 60 + 0.25 * (Math.abs(ax - bx) + Math.abs(ay - by));
  const names = state.view === "everything" ? 0 : 240; // lines begin at the right end of a card
  return x > Math.min(ax, bx) - room && x < Math.max(ax, bx) + room + names && y > Math.min(ay, by) - room && y < Math.max(ay, by) + room;
}

/** The thing, or ~claim, under a point of the canvas; things come before claims. */
function thingAt(x, y, reach = 5) {
  let best = null;
  let nearest = reach;
  const pills = state.view !== "everything";
  for (const node of onScreen()) {
    if (!pills && Math.abs(screenX[node] - x) > 40) continue;
    const box = boxOf(node);
    const away = Math.hypot(Math.max(box[0] - x, 0, x - box[2]), Math.max(box[1] - y, 0, y - box[3]));
    if (away < nearest) [best, nearest] = [node, away];
  }
  if (best !== null || crowd.claimCount > CROWD) return best;
  for (let i = 0; i < crowd.claimCount; i += 1) {
    if (!nearClaim(crowd.claims[i], x, y)) continue;
    const line = lineOf(crowd.claims[i]);
    const away = line ? distanceTo(line, x, y) : Infinity;
    if (away < nearest) [best, nearest] = [~crowd.claims[i], away];
  }
  return best;
}

/** Move the camera smoothly. What is under way ends here: vis-network never ends a movement that another follows in the
 * same frame, and the picture would jump between the two for ever. */
function glide(to, duration, easingFunction) {
  const { view, body } = network;
  if (view.viewFunction) body.emitter.off("initRedraw", view.viewFunction);
  scene.goal = to.scale;
  network.moveTo({ ...to, animation: { duration, easingFunction } });
}

/** Show these things in what the cards leave free of the canvas. */
function fit(nodes, { animate = true, closest = 1.25, least = 0 } = {}) {
  const place = places.get(state.view);
  const xs = Float32Array.from(nodes, (node) => place.x[node]).sort();
  const ys = Float32Array.from(nodes, (node) => place.y[node]).sort();
  if (!xs.length) return;
  const lanes = viewById.get(state.view).ticks.length > 0;
  const named = state.view === "everything" ? 90 : 130;
  const pad = { left: lanes ? 42 : 60, right: named, top: lanes ? 78 : 46, bottom: 34 };
  const { inset } = scene;
  const [wide, high] = [container.clientWidth, container.clientHeight];
  const width = Math.max(80, wide - inset.left - inset.right - pad.left - pad.right);
  const height = Math.max(80, high - inset.top - inset.bottom - pad.top - pad.bottom);
  const full = Math.min(width / Math.max(1, xs.at(-1) - xs[0]), height / Math.max(1, ys.at(-1) - ys[0]), closest);
  const scale = Math.max(full, least);
  const middle = [inset.left + pad.left + width / 2, inset.top + pad.top + height / 2];
  const [roomX, roomY] = [width / scale, height / scale];
  const all = roomX >= xs.at(-1) - xs[0];
  const x = all ? (xs[0] + xs.at(-1)) / 2 : state.view === "everything" ? xs[xs.length >> 1] : xs[0] + roomX / 2; // where there is a beginning, from there
  const seen = all ? ys : Float32Array.from(nodes.filter((node) => Math.abs(place.x[node] - x) <= roomX / 2), (node) => place.y[node]).sort();
  const y = roomY >= seen.at(-1) - seen[0] ? (seen[0] + seen.at(-1)) / 2 : lanes ? seen[0] + roomY / 2 : seen[seen.length >> 1];
  const position = { x: x - (middle[0] - wide / 2) / scale, y: y - (middle[1] - high / 2) / scale };
  scene.byHand = false;
  const still = !animate || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) network.moveTo({ position, scale });
  else glide({ position, scale }, 350, "easeInOutCubic");
}
