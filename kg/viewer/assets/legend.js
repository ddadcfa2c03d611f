// The legend: what the marks mean, how often each occurs in this view, and a filter for each.

const legend = byId("legend");
const open = new Map([["family", false], ["lab", false]]); // the sections that may be long are closed at first
const roomFor = new Map(); // how many lines of such a section are shown

/** How often each word of a column occurs among the things of this view. */
function countThings(name) {
  const counts = new Map();
  const { of, words } = things[name];
  const number = new Uint32Array(words.length);
  const { x } = places.get(state.view);
  for (let i = 0; i < COUNT; i += 1) if (x[i] === x[i]) number[of[i]] += 1;
  words.forEach((word, i) => number[i] && counts.set(word, number[i]));
  return counts;
}

function countClaims(of) {
  const counts = new Map();
  const drawn = claimsIn(state.view);
  for (let i = 0; i < CLAIMS; i += 1) if (drawn[i]) counts.set(of(i), (counts.get(of(i)) || 0) + 1);
  return counts;
}

const counted = new Map();
/** The numbers of a view do not change; they are counted when it is first seen. */
function countsOf(group) {
  const key = `${state.view} ${group}`;
  if (!counted.has(key)) counted.set(key, group === "kind" ? countClaims((claim) => kindOf(claim).id) : group === "basis" ? countClaims(basisOf) : countThings(group));
  return counted.get(key);
}

function toggle(group, id, all) {
  const off = state.off[group];
  if (!off.delete(id)) off.add(id);
  if (all.every((one) => off.has(one))) off.clear();
  else if (all.every((one) => !off.has(one))) off.delete("");
  changed();
}

/** Show one alone, or all again; of families and laboratories also nothing that has none and is not joined to it. */
function only(group, id, all) {
  const off = state.off[group];
  const already = !off.has(id) && all.every((one) => one === id || off.has(one));
  off.clear();
  const column = group === "family" || group === "lab" ? things[group] : null;
  if (!already) for (const one of column ? column.words : all) if (one !== id) off.add(one);
  changed();
  measure();
  const there = shownThings();
  fit(column && !already ? there.filter((node) => column.words[column.of[node]] === id) : there, { closest: 1.1, least: legible(there.length > 500) });
}

function entry(group, item, mark, number, all) {
  const key = `${group}:${item.id}`;
  const again = (act, selector) => () => {
    act(group, item.id, all);
    say(crowdWords());
    [...legend.querySelectorAll(selector)].find((one) => one.dataset.key === key)?.focus();
  };
  return make("li", { class: "line" },
    make("button", { class: "entry", "aria-pressed": String(!state.off[group].has(item.id)), "data-key": key, onclick: again(toggle, ".entry") }, mark, make("span", { class: "name" }, item.label), make("span", { class: "count" }, number.toLocaleString("en"))),
    all.length > 1 ? make("button", { class: "only", "data-key": key, "aria-label": `Only ${item.label}`, onclick: again(only, ".only") }, "only") : null);
}

function section(title, group, items, mark) {
  const counts = countsOf(group);
  const there = items.filter((item) => counts.get(item.id));
  if (!there.length) return null;
  const all = there.map((item) => item.id);
  return make("section", { "data-group": group }, make("h2", {}, title), make("ul", {}, ...there.map((item) => entry(group, item, mark(item), counts.get(item.id), all))));
}

/** Families or laboratories: the largest first, closed at first, more of them on request. */
function longSection(title, group) {
  const counts = countsOf(group);
  const items = [...counts].filter(([id]) => id).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (items.length < 2) return null;
  const all = items.map(([id]) => id);
  const room = roomFor.get(group) || 8;
  const rows = items.slice(0, room).map(([id, number]) => entry(group, { id, label: id }, null, number, all));
  const more = items.length > room ? make("button", { class: "reset", onclick: () => { roomFor.set(group, room + 40); showLegend(); } }, `${(items.length - room).toLocaleString("en")} more`) : null;
  const off = all.filter((id) => state.off[group].has(id)).length;
  const summary = make("summary", {}, make("h2", {}, title), make("span", { class: "count" }, off ? `${(all.length - off).toLocaleString("en")} of ${all.length.toLocaleString("en")}` : all.length.toLocaleString("en")));
  const details = make("details", { open: open.get(group) || off > 0, "data-group": group }, summary, make("ul", {}, ...rows), more);
  details.addEventListener("toggle", () => open.set(group, details.open));
  return make("section", {}, details);
}

function sureSection() {
  const least = claims.confidence.reduce((low, one) => Math.min(low, one), 1000);
  if (least >= 1000) return null;
  const value = make("output", { class: "count", for: "sure" }, state.sure ? `${(state.sure / 1000).toFixed(2)} or more` : "any");
  const input = make("input", { id: "sure", type: "range", min: 0, max: 100, step: 1, value: Math.round(state.sure / 10), "aria-label": "Least confidence", "aria-valuetext": (state.sure / 1000).toFixed(2) });
  input.addEventListener("input", () => {
    state.sure = Number(input.value) * 10;
    value.textContent = state.sure ? `${(state.sure / 1000).toFixed(2)} or more` : "any";
    input.setAttribute("aria-valuetext", (state.sure / 1000).toFixed(2));
    changed(false);
    say(crowdWords());
  });
  return make("section", { class: "slide" }, make("h2", {}, "Confidence", value), input);
}

const filtered = () => Object.values(state.off).some((set) => set.size) || state.days !== null || state.sure > 0;

function showAll() {
  Object.values(state.off).forEach((set) => set.clear());
  Object.assign(state, { days: null, sure: 0 });
  changed();
  say(crowdWords());
}

function showLegend() {
  const basisMark = (item) => make("span", { class: `mark basis-mark ${item.id}`, "aria-hidden": "true" });
  const kinds = state.view === "compare" ? relations.map((relation) => relation.alone) : [...page.kinds, MOVE];
  const lanes = state.view === "lineage";
  const hint = { lineage: "Lineage arrows run from the older to what was made of it. A hollow mark has no known date.", people: "Each band is a laboratory. Authors stand behind their first paper here; red lines lead to papers of another one.", compare: "Who does better stands to the left, by the account of the paper. It is not transitive." }[state.view];
  const parts = [
    section("Things", "type", page.types, (item) => typeMark(item)),
    section("Relations", "kind", kinds, (item) => kindMark(item)),
    section("Known from", "basis", page.bases, basisMark),
    sureSection(),
    timeSection(),
    longSection("Families", "family"),
    longSection("Laboratories", "lab"),
    hint && (!lanes || CLAIMS) ? make("p", { class: "hint" }, hint) : null,
    make("button", { class: "reset all", hidden: !filtered(), onclick: showAll }, "Show all"),
  ];
  const top = legend.scrollTop;
  legend.replaceChildren(...parts.filter(Boolean));
  legend.scrollTop = top;
}
