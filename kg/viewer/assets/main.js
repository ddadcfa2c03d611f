// What the reader does, and the address that keeps it: view, selection and filters stand behind the # of the page.

const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 720px)");

function select(thing, move = false) {
  if (thing !== null && !isEdge(thing) && !inView(thing)) setView("everything", false);
  if (thing !== null && !isEdge(thing)) state.off.type.delete(thing.type);
  state.selected = thing;
  state.hovered = null;
  showPanel(thing);
  changed();
  byId("live").textContent = thing === null ? "" : isEdge(thing) ? `${thing.subject.label} ${thing.name.label} ${thing.object.label}` : `${thing.look.one} ${thing.label}, ${thing.weight} statements`;
  if (thing !== null && move) {
    measure();
    const kept = isEdge(thing) ? [thing.subject, thing.object] : [thing];
    reveal(kept);
  }
}

/** Bring things into the free part of the canvas if they are not there already. */
function reveal(things) {
  const { inset } = scene;
  locate(container.querySelector("canvas").getContext("2d"));
  const inside = things.every(({ box }) => box && box[0] > inset.left + 12 && box[2] < camera.width - inset.right - 60 && box[1] > inset.top + 36 && box[3] < camera.height - inset.bottom - 12);
  if (!inside) fit(things, { closest: Math.max(0.9, Math.min(1.2, camera.scale)) });
}

function setView(id, refit = true) {
  if (!viewById.has(id)) return;
  state.view = id;
  state.hovered = null;
  if (state.selected && !inView(state.selected)) {
    state.selected = null;
    showPanel(null);
  }
  changed();
  if (refit) overview({ animate: false, first: true });
}

/** All of the view; what opens first is rather a readable part of it. */
function overview({ animate = true, first = false } = {}) {
  measure();
  const least = state.view === "lineage" ? (narrow.matches ? 0.55 : 0.45) : narrow.matches ? 0.3 : 0.12;
  fit(nodes.filter((node) => node.shown), { animate, least: first ? least : 0 });
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

function changed() {
  refilter();
  showLegend();
  measure();
  scene.order = labelOrder();
  for (const button of byId("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  network.redraw();
  history.replaceState(null, "", address());
}

function address() {
  const parts = new URLSearchParams();
  if (state.view !== page.views[0].id) parts.set("view", state.view);
  if (state.selected && !isEdge(state.selected)) parts.set("node", tail(state.selected.id));
  if (isEdge(state.selected)) parts.set("edge", [tail(state.selected.from), state.selected.relation, tail(state.selected.to)].join(" "));
  for (const [group, set] of Object.entries(state.off)) if (set.size) parts.set(`no-${group}`, [...set].sort().join(" "));
  const text = parts.toString().replaceAll("%2F", "/");
  return text ? `#${text}` : location.pathname + location.search;
}

function followAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  for (const [group, set] of Object.entries(state.off)) {
    set.clear();
    for (const id of (parts.get(`no-${group}`) || "").split(" ")) if (id) set.add(id);
  }
  setView(viewById.has(parts.get("view")) ? parts.get("view") : page.views[0].id, false);
  const [from, relation, to] = (parts.get("edge") || "").split(" ");
  const edge = edges.find((one) => one.relation === relation && tail(one.from) === from && tail(one.to) === to);
  const thing = edge || byTail(parts.get("node") || "") || null;
  overview({ animate: false, first: true });
  select(thing);
  if (thing) {
    measure();
    fit([...focusOf(thing)].filter((one) => !isEdge(one) && one.shown), { animate: false, closest: 1 });
  }
}

function pointed(event) {
  const { left, top } = container.getBoundingClientRect();
  const thing = event.buttons ? null : thingAt(event.clientX - left, event.clientY - top);
  container.style.cursor = thing ? "pointer" : "";
  if (thing === state.hovered) return;
  state.hovered = thing;
  network.redraw();
}

function zoom(factor) {
  moving();
  network.moveTo({ scale: Math.max(0.03, Math.min(6, network.getScale() * factor)), animation: { duration: 160, easingFunction: "easeOutQuad" } });
}

function pan(dx, dy) {
  moving();
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() } });
}

const KEYS = { ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0), ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60), "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => overview() };

function start() {
  readTheme();
  byId("views").append(...(page.views.length > 1 ? page.views : []).map((view) => make("button", { "data-view": view.id, "aria-pressed": "false", onclick: () => setView(view.id) }, view.label)));
  const counted = ["Paper", "Model", "Person"].map((id) => typeById.get(id)).filter(Boolean);
  const number = (type) => nodes.filter((node) => node.type === type.id).length;
  byId("summary").textContent = [...counted.map((type) => `${number(type)} ${(number(type) === 1 ? type.one : type.label).toLowerCase()}`), `${edges.length} statements`].join(" · ");
  network.on("afterDrawing", draw);
  for (const event of ["dragging", "zoom"]) network.on(event, moving);
  network.on("click", ({ pointer }) => select(thingAt(pointer.DOM.x, pointer.DOM.y, narrow.matches ? 14 : 6), false));
  container.addEventListener("pointermove", (event) => event.pointerType === "mouse" && pointed(event));
  container.addEventListener("pointerleave", () => { state.hovered = null; network.redraw(); });
  container.addEventListener("keydown", (event) => { if (KEYS[event.key] && !event.ctrlKey && !event.metaKey) { event.preventDefault(); KEYS[event.key](); } });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null);
    else if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => overview());
  byId("legend-switch").addEventListener("click", () => {
    const open = document.body.classList.toggle("legend-open");
    byId("legend-switch").setAttribute("aria-expanded", String(open));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); showPanel(state.selected); changed(); });
  addEventListener("hashchange", followAddress);
  followAddress();
  document.documentElement.dataset.ready = "yes";
}

start();
