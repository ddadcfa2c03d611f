// Exploring from a thing: its surroundings, what it comes from and leads to, and the way to another thing.

/** The row of tools in the panel of a thing. */
function exploring(node) {
  const counted = (way) => {
    const ends = new Set([...descent(node, way)].flatMap((claim) => [claims.from[claim], claims.to[claim]]));
    return Math.max(0, ends.size - 1);
  };
  const near = make("span", { class: "steps", role: "group", "aria-label": "Show only what is near" }, make("span", { class: "tool-name" }, "Near"),
    ...[1, 2, 3].map((steps) => make("button", { class: "tool", "data-near": steps, "aria-pressed": String(state.near === steps), "aria-label": `Only ${steps} ${steps > 1 ? "steps" : "step"} around`, onclick: () => focusNear(state.near === steps ? 0 : steps) }, String(steps))));
  const traces = [["up", "Ancestors"], ["down", "Descendants"]].map(([way, label]) => {
    const number = counted(way);
    return number ? make("button", { class: "tool", "data-trace": way, "aria-pressed": String(state.trace === way), onclick: () => showTrace(state.trace === way ? "" : way) }, `${label} ${number}`) : null;
  });
  const path = make("button", { class: "tool", id: "path-from", "aria-pressed": String(scene.picking === true), onclick: () => pickEnd() }, "Path to …");
  return make("div", { class: "tools" }, near, ...traces, path);
}

function focusNear(steps) {
  state.near = steps;
  showPanel().then(() => panel.querySelector(`[data-near="${steps || 1}"]`)?.focus());
  changed();
  say(steps ? `Only what is ${steps} ${steps > 1 ? "steps" : "step"} from ${labelOf(state.selected)}` : "All of the view again");
  measure();
  fit(shownThings(), { closest: 1.2 });
}

function showTrace(way) {
  state.trace = way;
  showPanel().then(() => panel.querySelector(`[data-trace="${way || "up"}"]`)?.focus());
  changed();
  if (!way) return;
  const { things: ends } = focusOf(state.selected);
  const seen = [...ends].filter((node) => shown[node]);
  say(`${ends.size - 1} ${way === "up" ? "ancestors" : "descendants"} of ${labelOf(state.selected)}`);
  measure();
  fit(seen, { closest: 1.1 });
}

/** Wait for the other end of a path: a click on it, or its name in the search. */
function pickEnd() {
  scene.picking = true;
  field.value = "";
  field.focus();
  field.setAttribute("placeholder", "Path to which one?");
  byId("path-from")?.setAttribute("aria-pressed", "true");
  say("Choose the other end of the path, by name or in the picture");
}

function stopPicking() {
  scene.picking = false;
  field.setAttribute("placeholder", "Find a name");
  byId("path-from")?.setAttribute("aria-pressed", "false");
}

function showPath(node) {
  stopPicking();
  state.to = node;
  state.near = 0;
  state.trace = "";
  const path = pathBetween(state.selected, node);
  const ends = path ? [...new Set(path.flatMap((claim) => [claims.from[claim], claims.to[claim]]))] : [state.selected, node];
  const drawn = claimsIn(state.view);
  if (!ends.every((one) => inView(one)) || (path && !path.every((claim) => drawn[claim]))) state.view = "everything";
  showPanel();
  changed();
  say(path ? `${path.length} ${path.length > 1 ? "steps" : "step"} from ${labelOf(state.selected)} to ${labelOf(node)}` : `Nothing leads from ${labelOf(state.selected)} to ${labelOf(node)}`);
  measure();
  fit(ends, { closest: 1.2 });
}

async function pathPanel() {
  const [from, to] = [state.selected, state.to];
  const path = pathBetween(from, to);
  const steps = [];
  let at = from;
  for (const claim of path || []) {
    const relation = relationOf(claim);
    const onward = claims.from[claim] === at;
    steps.push(make("li", {}, make("p", { class: "step" }, goTo(claims.from[claim]), make("span", { class: "verb" }, ` ${relation.label} `), goTo(claims.to[claim])), ...await grounds(claim)));
    at = onward ? claims.to[claim] : claims.from[claim];
  }
  const text = () => (path || []).map(sentence).join("\n");
  return [
    make("p", { class: "kind" }, "Path"),
    make("h2", {}, labelOf(from), make("span", { class: "verb" }, " to "), labelOf(to)),
    make("h3", {}, path ? `${path.length} ${path.length > 1 ? "steps" : "step"}` : "Nothing that the filters show leads there", path ? copyButton(text, "the path") : ""),
    path ? make("ol", { class: "path" }, ...steps) : null,
    make("button", { class: "reset", onclick: () => { state.to = null; showPanel(); changed(); } }, `Back to ${labelOf(from)}`),
  ];
}

/** What limits the picture beyond the legend, each with a way out. */
function showScope() {
  const scope = byId("scope");
  const parts = [];
  if (state.near && isThing(state.selected)) parts.push([`${state.near} ${state.near > 1 ? "steps" : "step"} around ${shortOf(state.selected)}`, () => focusNear(0)]);
  if (state.days) parts.push([`${dayWords(state.days[0])} to ${dayWords(state.days[1])}`, () => { state.days = null; changed(); }]);
  if (state.sure) parts.push([`confidence ${(state.sure / 1000).toFixed(2)} or more`, () => { state.sure = 0; changed(); }]);
  scope.hidden = !parts.length;
  scope.replaceChildren(...parts.map(([text, undo]) => make("span", { class: "limit" }, text, make("button", { class: "plain undo", "aria-label": `No longer: ${text}`, onclick: undo }, "×"))));
}
