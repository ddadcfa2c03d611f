// What the reader does, and the address that keeps it: all that is chosen stands behind the # of the page.

/** A page in a frame of another one has no address of its own. */
const framed = page.fragment !== null || location.protocol === "about:";
const narrow = matchMedia("(max-width: 720px)");
const say = (text) => { byId("live").textContent = text; };

function select(thing, move = false) {
  Object.assign(state, { to: null, trace: "", hovered: null });
  if (!isThing(thing)) state.near = 0;
  stopPicking();
  if (isThing(thing)) {
    if (!inView(thing)) state.view = viewFor(thing);
    state.off.type.delete(things.type.words[things.type.of[thing]]);
    refilter();
    if (!shown[thing]) {
      for (const group of ["family", "lab"]) state.off[group].clear(); // what is chosen is shown
      state.days = null;
    }
  }
  state.selected = thing;
  showPanel().then(() => {
    changed();
    if (thing !== null && move) reveal(isClaim(thing) ? [claims.from[~thing], claims.to[~thing]] : [thing]);
  });
  say(thing === null ? "" : isClaim(thing) ? sentence(~thing) : `${lookOf(thing).one} ${labelOf(thing)}, ${degreeOf(thing)} statements`);
}

/** The view that shows a thing with most around it: everything, unless the present one has it. */
const viewFor = (thing) => page.views.map((view) => view.id).reverse().find((id) => inView(thing, id));

/** Bring things into the free part of the canvas if they are not there already. */
function reveal(nodes) {
  measure();
  readCamera();
  const { inset } = scene;
  const inside = nodes.every((node) => {
    const box = boxOf(node);
    return box[0] > inset.left + 12 && box[2] < camera.width - inset.right - 60 && box[1] > inset.top + 36 && box[3] < camera.height - inset.bottom - 12;
  });
  if (!inside) fit(nodes, { closest: Math.max(0.9, Math.min(1.2, camera.scale)) });
}

function setView(id, refit = true) {
  if (!viewById.has(id)) return;
  Object.assign(state, { view: id, hovered: null, trace: "" });
  if (isThing(state.selected) && !inView(state.selected)) Object.assign(state, { selected: null, near: 0, to: null });
  if (isClaim(state.selected) && !claimsIn(id)[~state.selected]) state.selected = null;
  if (state.to !== null && !inView(state.to)) state.to = null;
  showPanel();
  changed();
  if (refit) overview({ animate: false, first: true });
  say(`${viewById.get(id).label}: ${crowdWords()}`);
}

const crowdWords = () => {
  const number = shown.reduce((sum, one) => sum + one, 0);
  const lines = shownClaim.reduce((sum, one) => sum + one, 0);
  return `${number.toLocaleString("en")} things, ${lines.toLocaleString("en")} statements`;
};

/** The size from which on names can be read in this view. */
const legible = (many) => (narrow.matches ? { lineage: 0.6, people: 0.62, compare: 0.66, everything: many ? 0 : 0.3 } : { lineage: 0.45, people: 0.45, compare: 0.55, everything: 0 })[state.view];

/** All of the view; what opens first, where things have names on lines, is rather the beginning in a size to be read. */
function overview({ animate = true, first = false } = {}) {
  measure();
  const all = shownThings();
  fit(all, { animate, least: first ? legible(all.length > 500) : 0 });
}

/** What the bar and the cards take from the canvas. */
function measure() {
  const whole = container.getBoundingClientRect();
  const taken = (element) => (element.hidden || getComputedStyle(element).display === "none" ? null : element.getBoundingClientRect());
  const left = taken(legend);
  const right = taken(panel);
  const low = narrow.matches;
  scene.inset = {
    top: 0,
    left: left && !low ? left.right - whole.left : 0,
    right: right && !low ? whole.right - right.left : 0,
    bottom: right && low ? whole.bottom - right.top : 0,
  };
}

function changed(legendToo = true) {
  refilter();
  if (legendToo) showLegend();
  else legend.querySelector(".reset.all").hidden = !filtered();
  showScope();
  measure();
  scene.stale = true;
  for (const button of byId("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  network.redraw();
  keepAddress();
}

const tail = (node) => (things.id[node].startsWith("<") ? things.id[node].slice(1) : things.id[node]);

function address() {
  const parts = new URLSearchParams();
  const put = (name, value) => { if (value) parts.set(name, value); };
  const { selected, off, days } = state;
  if (state.view !== page.views[0].id) put("view", state.view);
  if (isThing(selected)) put("node", tail(selected));
  if (isClaim(selected)) put("edge", [tail(claims.from[~selected]), relationOf(~selected).id, tail(claims.to[~selected])].join(" "));
  put("near", state.near);
  put("trace", state.trace);
  if (state.to !== null) put("to", tail(state.to));
  const listed = (words) => words.map((word) => encodeURIComponent(word.toWellFormed())).sort().join(" ");
  for (const [group, set] of Object.entries(off)) {
    if (set.has("")) put(`only-${group}`, listed(things[group].words.filter((word) => !set.has(word))));
    else put(`no-${group}`, listed([...set]));
  }
  if (state.sure) put("sure", (state.sure / 1000).toFixed(2));
  if (days) put("time", days.map(dayText).join(" "));
  const { x, y } = network.getViewPosition();
  if (scene.moved) put("at", [x.toFixed(2), y.toFixed(2), network.getScale().toPrecision(6)].join(" "));
  const text = parts.toString().replaceAll("%2F", "/");
  return text ? `#${text}` : location.pathname + location.search;
}

let waiting = 0;
/** Write the address when the reader pauses; a page in a frame has none of its own. */
function keepAddress(soon = 0) {
  if (framed) return;
  clearTimeout(waiting);
  if (soon) waiting = setTimeout(() => keepAddress(), soon);
  else history.replaceState(null, "", address());
}

const LEAST = 0.002;
const GREATEST = 8;
const bounded = (scale) => Math.max(LEAST, Math.min(GREATEST, scale));

/** Keep the wheel and the fingers within bounds. */
function zoomed() {
  const scale = network.getScale();
  if (scale !== bounded(scale)) network.moveTo({ scale: bounded(scale) });
  moved();
}

function moved() {
  scene.moved = true;
  keepAddress(250);
}

async function followAddress() {
  const parts = new URLSearchParams(framed ? page.fragment || "" : location.hash.slice(1));
  const words = (name) => (parts.get(name) || "").split(" ").filter(Boolean);
  const decode = (word) => { try { return decodeURIComponent(word); } catch { return word; } };
  for (const [group, set] of Object.entries(state.off)) {
    set.clear();
    for (const id of words(`no-${group}`)) set.add(decode(id));
    const kept = words(`only-${group}`).map(decode);
    if (kept.length && (group === "family" || group === "lab")) for (const id of things[group].words) if (!kept.includes(id)) set.add(id);
  }
  state.view = viewById.has(parts.get("view")) ? parts.get("view") : page.views[0].id;
  const sure = Number(parts.get("sure"));
  state.sure = sure > 0 && sure <= 1 ? Math.round(sure * 1000) : 0;
  const days = words("time").map(textDay);
  state.days = days.length === 2 && days.every((day) => day !== null) && days[0] <= days[1] ? [days[0], days[1] + 30] : null;
  const node = parts.has("node") ? thingBy(parts.get("node")) : undefined;
  state.selected = node ?? claimBy(parts.get("edge") || "");
  if (isThing(state.selected) && !inView(state.selected)) state.view = viewFor(state.selected);
  state.near = isThing(state.selected) && [1, 2, 3].includes(Number(parts.get("near"))) ? Number(parts.get("near")) : 0;
  state.trace = isThing(state.selected) && ["up", "down"].includes(parts.get("trace")) ? parts.get("trace") : "";
  state.to = isThing(state.selected) && parts.has("to") ? thingBy(parts.get("to")) ?? null : null;
  state.hovered = null;
  refilter();
  await showPanel();
  showLegend();
  lookFrom(words("at").map(Number));
  changed();
}

function lookFrom([x, y, scale] = []) {
  scene.moved = [x, y, scale].every(Number.isFinite) && scale > 0;
  if (scene.moved) network.moveTo({ position: { x, y }, scale: bounded(scale) });
  else {
    overview({ animate: false, first: true });
    const focus = state.selected === null ? null : focusOf(state.selected);
    measure();
    if (focus) fit(state.near ? shownThings() : [...focus.things].filter((node) => shown[node]), { animate: false, closest: 1 });
  }
}

function claimBy(text) {
  const [from, relation, to] = text.split(" ");
  const [a, b] = [from && thingBy(from), to && thingBy(to)];
  if (a === undefined || b === undefined || !from || !to) return null;
  const found = [...claimsOf(a)].find((claim) => claims.from[claim] === a && claims.to[claim] === b && relationOf(claim).id === relation);
  return found === undefined ? null : ~found;
}

function pointed(event) {
  const { left, top } = container.getBoundingClientRect();
  const thing = event.buttons ? null : thingAt(event.clientX - left, event.clientY - top);
  container.style.cursor = thing === null ? "" : "pointer";
  if (thing === state.hovered) return;
  state.hovered = thing;
  ask();
}

function clicked(thing) {
  if (scene.picking && isThing(thing) && isThing(state.selected) && thing !== state.selected) showPath(thing);
  else if (thing !== null || state.selected !== null) select(thing);
}

function zoom(factor) {
  glide({ scale: bounded((scene.goal ?? network.getScale()) * factor) }, 160, "easeOutQuad");
  scene.byHand = true; // the address is written when the movement ends
}

function pan(dx, dy) {
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() } });
  moved();
}

/** From the chosen thing along the line that leads most nearly in a direction; without one, the picture moves. */
function step(dx, dy) {
  if (!isThing(state.selected) || !shown[state.selected]) {
    pan(dx * 60, dy * 60);
    return;
  }
  readCamera();
  const [x, y] = spot(state.selected);
  let best = null;
  let least = Infinity;
  for (const claim of claimsOf(state.selected)) {
    if (!shownClaim[claim]) continue;
    const other = otherEnd(claim, state.selected);
    const [ox, oy] = spot(other);
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along > 1 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
  }
  if (best === null) say("No line leads that way");
  else select(best, true);
}

const KEYS = { ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1), "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => { overview(); scene.byHand = true; moved(); }, Enter: () => panel.hidden || panel.focus() };

function escaped() {
  if (scene.picking) stopPicking();
  else if (document.body.classList.contains("legend-open")) openLegend(false);
  else if (state.to !== null) { state.to = null; showPanel(); changed(); }
  else select(null);
  if (panel.contains(document.activeElement) || panel.hidden) container.focus();
}

function openLegend(open_) {
  document.body.classList.toggle("legend-open", open_);
  byId("legend-switch").setAttribute("aria-expanded", String(open_));
}

function listen() {
  network.on("afterDrawing", draw);
  network.on("dragEnd", moved);
  network.on("zoom", zoomed);
  network.on("animationFinished", () => { scene.goal = null; if (scene.byHand) moved(); ask(); });
  network.on("click", ({ pointer }) => clicked(thingAt(pointer.DOM.x, pointer.DOM.y, narrow.matches ? 14 : 6)));
  network.on("resize", () => { measure(); network.redraw(); });
  container.addEventListener("pointermove", (event) => event.pointerType === "mouse" && pointed(event));
  container.addEventListener("pointerleave", () => { state.hovered = null; ask(); });
  container.addEventListener("keydown", (event) => { if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); KEYS[event.key](); } });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") escaped();
    else if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("zoom-fit").addEventListener("click", KEYS[0]);
  byId("legend-switch").addEventListener("click", () => openLegend(!document.body.classList.contains("legend-open")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); showPanel(); changed(); });
  addEventListener("beforeprint", () => onPaper(true));
  addEventListener("afterprint", () => onPaper(false));
  if (!framed) addEventListener("hashchange", followAddress);
}

async function start() {
  readTheme();
  byId("views").append(...(page.views.length > 1 ? page.views : []).map((view) => make("button", { "data-view": view.id, "aria-pressed": "false", onclick: () => { scene.moved = false; setView(view.id); } }, view.label)));
  const number = (type) => things.type.of.reduce((sum, one) => sum + (things.type.words[one] === type.id), 0);
  const words = ["Paper", "Model", "Person"].map((id) => typeById.get(id)).filter(Boolean).map((type) => [number(type), type]);
  const told = [...words.map(([count, type]) => `${count.toLocaleString("en")} ${(count === 1 ? type.one : type.label).toLowerCase()}`), `${CLAIMS.toLocaleString("en")} statements`];
  byId("summary").append(...told.flatMap((part, i) => [i ? " " : "", make("span", {}, part)]));
  startMenu();
  listen();
  await followAddress();
  document.documentElement.dataset.ready = "yes";
  setTimeout(prepareSearch, 300);
}

await start();
