// The legend: what the marks mean, how often each occurs in this view, and a filter for each.

const legend = document.getElementById("legend");

function count(things, of) {
  const counts = new Map();
  for (const thing of things) if (inView(thing)) counts.set(of(thing), (counts.get(of(thing)) || 0) + 1);
  return counts;
}

function entry(group, item, mark, number) {
  const off = state.off[group].has(item.id);
  const toggle = () => {
    if (!state.off[group].delete(item.id)) state.off[group].add(item.id);
    changed();
    legend.querySelector(`[data-key="${group}:${CSS.escape(item.id)}"]`)?.focus();
  };
  return make("li", {}, make("button", { class: "entry", "aria-pressed": String(!off), "data-key": `${group}:${item.id}`, onclick: toggle }, mark, make("span", { class: "name" }, item.label), make("span", { class: "count" }, String(number))));
}

function section(title, group, items, counts, mark) {
  const shown = items.filter((item) => counts.get(item.id));
  if (!shown.length) return null;
  return make("section", {}, make("h2", {}, title), make("ul", {}, ...shown.map((item) => entry(group, item, mark(item), counts.get(item.id)))));
}

function showLegend() {
  const basisMark = (item) => make("span", { class: `mark basis-mark ${item.id}`, "aria-hidden": "true" });
  const parts = [
    section("Things", "type", page.types, count(nodes, (node) => node.type), (item) => typeMark(item)),
    section("Relations", "kind", page.kinds, count(edges, (edge) => edge.kind.id), (item) => kindMark(item)),
    section("Known from", "basis", page.bases, count(edges, (edge) => edge.basis), basisMark),
  ];
  const words = ["Lineage arrows run from the older to what was made of it.", state.view === "lineage" ? "A hollow mark has no known date." : ""].join(" ");
  const arrows = edges.some((edge) => edge.lineage) ? make("p", { class: "hint" }, words) : null;
  const hidden = Object.values(state.off).some((set) => set.size);
  const reset = hidden ? make("button", { class: "reset", onclick: () => { Object.values(state.off).forEach((set) => set.clear()); changed(); } }, "Show all") : null;
  legend.replaceChildren(...[...parts, arrows, reset].filter(Boolean));
}
