// The side panel: facts of a thing, its statements, and for each the sentence that says so.

const panel = byId("panel");
const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An address as a link if it is one to the web; anything else stays text. */
function link(address, text = null) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return make("span", {}, text || address);
  return make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text || address.replace(/^https?:\/\/(www\.)?/i, ""));
}

const goTo = (node) => make("button", { class: "go", onclick: () => select(node, true) }, labelOf(node));

/** A button that puts a text on the clipboard and says so. */
function copyButton(text, what) {
  const button = make("button", { class: "copy", "aria-label": `Copy ${what}`, onclick: async () => {
    const done = await copied(text());
    button.textContent = done ? "Copied" : "Not copied";
    say(done ? `Copied ${what}` : `This browser does not let the page copy ${what}`);
    setTimeout(() => { button.textContent = "Copy"; }, 1400);
  } }, "Copy");
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function confidence(value) {
  const bar = svg("svg", { class: "meter", viewBox: "0 0 40 4", "aria-hidden": "true" }, svg("rect", { width: 40, height: 4, rx: 2, class: "rest" }), svg("rect", { width: 40 * value, height: 4, rx: 2, class: "part" }));
  return make("span", { class: "confidence", title: "Confidence" }, make("span", { class: "hidden" }, "confidence "), bar, value.toFixed(2));
}

/** The ways in which a text may write a name: letters and digits in order, whatever stands between them. */
function writtenAs(names) {
  const patterns = names
    .map((name) => name.match(/[\p{L}\p{N}]+/gu))
    .filter((words) => words && words.join("").length > 1)
    .sort((a, b) => b.join("").length - a.join("").length)
    .map((words) => words.join("[^\\p{L}\\p{N}]{0,3}"));
  return patterns.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join("|")})(?![\\p{L}\\p{N}])`, "giu") : null;
}

/** The words of a sentence that say a claim: the names of both ends and what the rule looks for. */
function marksIn(quote, evidence, ends) {
  const marks = [];
  for (const node of ends) {
    const found = [[labelOf(node), ...(things.also[node] || [])], [familyOf(node)]].map((names) => writtenAs(names)).map((pattern) => (pattern ? [...quote.matchAll(pattern)] : []));
    for (const match of found.find((matches) => matches.length) || []) marks.push([match.index, match.index + match[0].length, "name"]); // its own names, else its family's
  }
  if (evidence.cue.length) {
    const letters = [...quote]; // offsets count characters as Python does
    const [from, to] = evidence.cue.map((at) => letters.slice(0, at).join("").length);
    marks.push([from, to, "cue"]);
  }
  const kept = [];
  for (const mark of marks.sort((a, b) => a[0] - b[0] || b[1] - a[1])) if (!kept.length || mark[0] >= kept.at(-1)[1]) kept.push(mark);
  return kept;
}

function marked(quote, marks) {
  const parts = [];
  let at = 0;
  for (const [from, to, what] of marks) {
    parts.push(quote.slice(at, from), make("mark", { class: what }, quote.slice(from, to)));
    at = to;
  }
  return [...parts, quote.slice(at)];
}

function whereOf(evidence) {
  const paper = evidence.paper ? thingBy(evidence.paper) : undefined;
  return paper === undefined ? { text: evidence.where || evidence.paper } : { paper, text: [labelOf(paper), whenOf(paper)].filter(Boolean).join(", ") };
}

function quoteOf(evidence, ends) {
  const where = whereOf(evidence);
  const source = where.paper === undefined ? where.text : make("span", {}, goTo(where.paper), whenOf(where.paper) ? `, ${whenOf(where.paper)}` : "");
  const says = new Map(Object.entries(page.rules)).get(evidence.rule);
  return make("figure", { class: "evidence" },
    make("blockquote", {}, ...marked(evidence.quote, marksIn(evidence.quote, evidence, ends))),
    make("figcaption", {}, source,
      make("span", { class: "how" }, evidence.rule ? make("code", { title: says || "" }, evidence.rule) : "", confidence(evidence.confidence), copyButton(() => `“${evidence.quote}” — ${where.text}`, "the sentence")),
      says ? make("span", { class: "says" }, says) : ""));
}

/** Where a statement comes from: sentences, curated sources, or how it was inferred. */
async function grounds(claim) {
  const { evidence = [], sources = [], note = "" } = await detailOf("edge", claim);
  const parts = evidence.map((one) => quoteOf(one, [claims.from[claim], claims.to[claim]]));
  if (basisOf(claim) !== "extracted" || !parts.length) {
    parts.push(make("div", { class: "ground" }, make("p", {}, make("span", { class: `basis ${basisOf(claim)}` }, basisOf(claim)), note ? ` ${note}` : ""), ...sources.map((source) => make("p", { class: "source" }, link(source)))));
  }
  return parts;
}

function statement(claim, node) {
  const other = otherEnd(claim, node);
  const label = basisOf(claim) === "extracted" ? "sentence" : basisOf(claim);
  const button = make("button", { class: "why", "aria-expanded": "false", "aria-label": `${label}: ${sentence(claim)}` }, label);
  const more = make("div", { class: "more", hidden: true });
  button.addEventListener("click", async () => {
    if (!more.hasChildNodes()) more.append(...await grounds(claim));
    more.hidden = !more.hidden;
    button.setAttribute("aria-expanded", String(!more.hidden));
  });
  return make("li", {}, make("div", { class: "row" }, typeMark(lookOf(other), 12), goTo(other), button), more);
}

const MANY_ROWS = 40;

function statements(node) {
  const groups = new Map();
  for (const claim of new Set(claimsOf(node))) {
    const relation = relationOf(claim);
    const incoming = Number(claims.from[claim] !== node);
    const title = incoming ? relation.inverse : relation.id === "creator" ? "authors" : relation.label;
    const key = `${incoming} ${relation.id}`;
    const order = (relation.lineage ? 0 : 1000) + (incoming && relation.lineage ? 100 : 0) + 2 * page.kinds.indexOf(relation.kind) + incoming;
    if (!groups.has(key)) groups.set(key, { title, order, relation, claims: [] });
    groups.get(key).claims.push(claim);
  }
  const sorted = [...groups.values()].sort((a, b) => a.order - b.order || (a.title < b.title ? -1 : 1));
  return sorted.map(({ title, relation, claims: all }) => {
    const place = (claim) => claims.listed[claim] || 0;
    const name = (claim) => labelOf(otherEnd(claim, node));
    const day = (claim) => things.day[otherEnd(claim, node)] || Infinity;
    all.sort((a, b) => place(a) - place(b) || (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : name(a) < name(b) ? -1 : 1));
    const list = make(place(all[0]) > 0 && claims.from[all[0]] === node ? "ol" : "ul", {}, ...all.slice(0, MANY_ROWS).map((claim) => statement(claim, node)));
    const rest = all.slice(MANY_ROWS);
    const more = rest.length ? make("button", { class: "reset", onclick: () => { list.append(...rest.map((claim) => statement(claim, node))); more.remove(); } }, `Show ${rest.length} more`) : null;
    return make("section", { class: "group" }, make("h3", {}, kindMark(relation.kind, relation), title, make("span", { class: "count" }, all.length > 1 ? String(all.length) : "")), list, more);
  });
}

function results(node, all) {
  if (!all.length) return null;
  const rows = all.map((one) => make("tr", {}, make("td", {}, one.benchmark), make("td", {}, one.metric || "–"), make("td", { class: "value" }, one.value)));
  const quotes = new Map(all.flatMap((one) => one.evidence).map((evidence) => [evidence.quote, evidence]));
  const text = () => [["Benchmark", "Metric", "Value"], ...all.map((one) => [one.benchmark, one.metric, one.value])].map((row) => row.join("\t")).join("\n");
  return make("section", { class: "group" }, make("h3", {}, "results", make("span", { class: "count" }, all.length > 1 ? String(all.length) : ""), copyButton(text, "the table")),
    make("table", {}, make("thead", {}, make("tr", {}, ...["Benchmark", "Metric", "Value"].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...rows)),
    ...[...quotes.values()].map((evidence) => quoteOf(evidence, [node])));
}

/** For whom a person wrote, by date: the laboratories of their papers. */
function career(node) {
  if (!typeIs(node, "Person")) return null;
  const seen = [...new Set(claimsOf(node))].filter((claim) => relationOf(claim).id === "creator").map((claim) => claims.from[claim]).filter(labOf);
  seen.sort((a, b) => things.day[a] - things.day[b] || a - b);
  const stays = seen.filter((paper, i) => i === 0 || labOf(paper) !== labOf(seen[i - 1]));
  if (!stays.length) return null;
  return make("section", { class: "group" }, make("h3", {}, stays.length > 1 ? "wrote for, in turn" : "wrote for"),
    make("ul", {}, ...stays.map((paper) => make("li", {}, make("div", { class: "row" }, make("span", { class: "stay" }, labOf(paper)), make("span", { class: "since" }, whenOf(paper)))))));
}

async function nodePanel(node) {
  const { facts = [], results: figures = [], web = "" } = await detailOf("node", node);
  const also = things.also[node] || [];
  const all = [...(whenOf(node) ? [[typeIs(node, "Paper") ? "Date" : "Introduced", [whenOf(node)]]] : []), ...facts];
  return [
    make("p", { class: "kind" }, typeMark(lookOf(node)), lookOf(node).one),
    make("h2", {}, labelOf(node)),
    also.length ? make("p", { class: "also" }, `Also written ${also.join(", ")}`) : null,
    exploring(node),
    all.length || web ? make("dl", {}, ...all.flatMap(([name, values]) => [make("dt", {}, name), make("dd", {}, values.join(", "))]), ...(web ? [make("dt", {}, "On arXiv"), make("dd", {}, link(web))] : [])) : null,
    career(node),
    results(node, figures),
    ...statements(node),
    make("p", { class: "iri" }, make("span", {}, fullId(node)), copyButton(() => fullId(node), "the identifier")),
  ];
}

async function claimPanel(claim) {
  const relation = relationOf(claim);
  const ground = await grounds(claim);
  const count = ground.filter((part) => part.matches("figure")).length;
  const title = count > 1 ? "The sentences that say so" : count ? "The sentence that says so" : "Where this comes from";
  return [
    make("p", { class: "kind" }, kindMark(relation.kind, relation), relation.kind.label),
    make("h2", { class: "claim" }, goTo(claims.from[claim]), make("span", { class: "verb" }, ` ${relation.label} `), goTo(claims.to[claim])),
    make("h3", {}, title, copyButton(() => sentence(claim), "the statement")),
    ...ground,
  ];
}

let turn = 0;
async function showPanel() {
  const mine = (turn += 1);
  const thing = state.selected;
  if (thing === null) {
    panel.hidden = true;
    panel.replaceChildren();
    return;
  }
  const path = state.to !== null ? await pathPanel() : null;
  const parts = path || (isClaim(thing) ? await claimPanel(~thing) : await nodePanel(thing));
  if (mine !== turn) return; // something else was chosen meanwhile
  const close = make("button", { class: "plain close", "aria-label": "Close", onclick: () => select(null) }, "×");
  panel.replaceChildren(close, ...parts.filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
}
