// The side panel: facts of a thing, its statements, and for each the sentence that says so.

/** An element with text and children; text is only ever text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function typeMark(look, size = 14) {
  const canvas = make("canvas", { class: "mark", width: size * 2, height: size * 2, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  const ring = look.shape === "ring";
  context.scale(2, 2);
  if (ring && look.id === "ModelFamily" && state.view === "lineage") {
    context.beginPath();
    context.roundRect(0, size * 0.22, size, size * 0.56, size * 0.28);
    context.fillStyle = look[theme.tone];
    context.fill();
    return canvas;
  }
  shape(context, look.shape, size / 2, size / 2, size * (ring ? 0.32 : 0.38));
  context.fillStyle = context.strokeStyle = look[theme.tone];
  context.lineWidth = 2;
  if (ring) context.stroke();
  else context.fill();
  return canvas;
}

function kindMark(kind, relation = kind) {
  const canvas = make("canvas", { class: "mark", width: 68, height: 28, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.strokeStyle = context.fillStyle = relation[theme.tone];
  context.lineWidth = kind.width;
  context.setLineDash(relation.dash);
  context.beginPath();
  context.moveTo(1, 7);
  context.lineTo(30, 7);
  context.stroke();
  arrowHead(context, kind.arrow, [30, 7], 0, 5 + kind.width * 1.6);
  return canvas;
}

/** A source as a link if it is one to the web; anything else stays text. */
function link(address) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return make("span", {}, address);
  const shown = address.replace(/^https?:\/\/(www\.)?/i, "");
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, shown);
}

const goTo = (node) => make("button", { class: "go", onclick: () => select(node, true) }, node.label);

function confidence(value) {
  const bar = svg("svg", { class: "meter", viewBox: "0 0 40 4", "aria-hidden": "true" }, svg("rect", { width: 40, height: 4, rx: 2, class: "rest" }), svg("rect", { width: 40 * value, height: 4, rx: 2, class: "part" }));
  return make("span", { class: "confidence", title: "Confidence" }, bar, value.toFixed(2));
}

function paperOf(evidence) {
  const paper = nodeById.get(evidence.paper);
  if (!paper) return evidence.where || evidence.paper;
  return make("span", {}, goTo(paper), paper.when ? `, ${paper.when}` : "");
}

function quoteOf(evidence) {
  return make("figure", { class: "evidence" }, make("blockquote", {}, evidence.quote),
    make("figcaption", {}, paperOf(evidence), make("span", { class: "how" }, evidence.rule ? make("code", {}, evidence.rule) : "", confidence(evidence.confidence))));
}

/** Where a statement comes from: sentences, curated sources, or how it was inferred. */
function grounds(edge) {
  const parts = edge.evidence.map(quoteOf);
  if (edge.basis !== "extracted") {
    const lines = [make("span", { class: `basis ${edge.basis}` }, edge.basis)];
    if (edge.note) lines.push(make("span", {}, ` ${edge.note}`));
    parts.push(make("div", { class: "ground" }, make("p", {}, ...lines), ...edge.sources.map((source) => make("p", { class: "source" }, link(source)))));
  }
  return parts;
}

function statement(edge, other) {
  const label = edge.evidence.length > 1 ? `${edge.evidence.length} sentences` : edge.evidence.length ? "sentence" : edge.basis;
  const button = make("button", { class: "why", "aria-expanded": "false", "aria-label": `Why: ${edge.subject.label} ${edge.name.label} ${edge.object.label}` }, label);
  const more = make("div", { class: "more", hidden: true });
  button.addEventListener("click", () => {
    if (!more.hasChildNodes()) more.append(...grounds(edge));
    more.hidden = !more.hidden;
    button.setAttribute("aria-expanded", String(!more.hidden));
  });
  return make("li", {}, make("div", { class: "row" }, typeMark(other.look, 12), goTo(other), button), more);
}

function statements(node) {
  const groups = new Map();
  const add = (edge, other, incoming) => {
    const title = incoming ? edge.name.inverse : edge.relation === "creator" ? "authors" : edge.name.label;
    const key = `${incoming} ${edge.relation}`;
    const order = (edge.lineage ? 0 : 1000) + (incoming && edge.lineage ? 100 : 0) + 2 * page.kinds.indexOf(edge.kind) + incoming;
    if (!groups.has(key)) groups.set(key, { title, order, edge, items: [] });
    groups.get(key).items.push({ edge, other });
  };
  for (const edge of node.out) add(edge, edge.object, false);
  for (const edge of node.in) add(edge, edge.subject, true);
  const sorted = [...groups.values()].sort((a, b) => a.order - b.order || (a.title < b.title ? -1 : 1));
  return sorted.map(({ title, edge, items }) => {
    items.sort((a, b) => a.edge.listed - b.edge.listed || (a.other.label < b.other.label ? -1 : 1));
    const ordered = items[0].edge.listed > 0;
    return make("section", { class: "group" }, make("h3", {}, kindMark(edge.kind, edge.name), title, make("span", { class: "count" }, items.length > 1 ? String(items.length) : "")),
      make(ordered ? "ol" : "ul", {}, ...items.map((item) => statement(item.edge, item.other))));
  });
}

function results(node) {
  if (!node.results.length) return null;
  const rows = node.results.map((one) => make("tr", {}, make("td", {}, one.benchmark), make("td", {}, one.metric || "–"), make("td", { class: "value" }, one.value)));
  const quotes = new Map(node.results.flatMap((one) => one.evidence).map((evidence) => [evidence.quote, evidence]));
  return make("section", { class: "group" }, make("h3", {}, "results"),
    make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Benchmark"), make("th", { scope: "col" }, "Metric"), make("th", { scope: "col" }, "Value"))), make("tbody", {}, ...rows)),
    ...[...quotes.values()].map(quoteOf));
}

function nodePanel(node) {
  const facts = [...(node.when ? [[node.type === "Paper" ? "Date" : "Introduced", [node.when]]] : []), ...node.facts];
  return [
    make("p", { class: "kind" }, typeMark(node.look), node.look.one),
    make("h2", {}, node.label),
    node.also.length ? make("p", { class: "also" }, `Also written ${node.also.join(", ")}`) : null,
    facts.length ? make("dl", {}, ...facts.flatMap(([name, values]) => [make("dt", {}, name), make("dd", {}, values.join(", "))])) : null,
    results(node),
    ...statements(node),
    make("p", { class: "iri" }, node.id),
  ];
}

function edgePanel(edge) {
  return [
    make("p", { class: "kind" }, kindMark(edge.kind, edge.name), edge.kind.label),
    make("h2", { class: "claim" }, goTo(edge.subject), make("span", { class: "verb" }, ` ${edge.name.label} `), goTo(edge.object)),
    edge.evidence.length ? make("h3", {}, edge.evidence.length > 1 ? "The sentences that say so" : "The sentence that says so") : make("h3", {}, "Where this comes from"),
    ...grounds(edge),
  ];
}

const panel = document.getElementById("panel");

function showPanel(thing) {
  if (thing === null) {
    panel.hidden = true;
    panel.replaceChildren();
    return;
  }
  const close = make("button", { class: "plain close", "aria-label": "Close", onclick: () => select(null) }, "×");
  panel.replaceChildren(close, ...(isEdge(thing) ? edgePanel(thing) : nodePanel(thing)).filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
}
