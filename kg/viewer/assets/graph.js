// The data of the page. Things and statements are numbers; what is known of them stands in columns.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};
const byId = (id) => document.getElementById(id);

/** A part of the page's data: as it stands, or deflated where it is large. */
async function unpack(id) {
  const value = JSON.parse(byId(id).textContent);
  if (typeof value !== "string") return value;
  const text = atob(value);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

async function unpackOnce(id) {
  const value = await unpack(id);
  byId(id).remove();
  return value;
}

const page = await unpack("kg-view");
const things = await unpackOnce("kg-nodes");
const claims = await unpackOnce("kg-edges");
const COUNT = things.id.length;
const CLAIMS = claims.from.length;
things.type = { of: Uint16Array.from(things.type.of), words: things.type.words };
for (const name of ["when", "family", "lab"]) things[name].of = Int32Array.from(things[name].of);
things.day = Int32Array.from(things.day);
claims.from = Int32Array.from(claims.from);
claims.to = Int32Array.from(claims.to);
claims.confidence = Uint16Array.from(claims.confidence);
claims.relation.of = Uint16Array.from(claims.relation.of);
claims.basis.of = Uint8Array.from(claims.basis.of);

const typeById = new Map(page.types.map((type) => [type.id, type]));
const kindById = new Map(page.kinds.map((kind) => [kind.id, kind]));
const viewById = new Map(page.views.map((view) => [view.id, view]));
const looks = things.type.words.map((id) => typeById.get(id));
const relationById = new Map(Object.entries(page.relations));
const relations = claims.relation.words.map((id) => {
  const relation = relationById.get(id);
  const kind = kindById.get(relation.kind);
  const draw = id !== "outperforms";
  const alone = { ...relation, id, label: relation.label[0].toUpperCase() + relation.label.slice(1), arrow: draw ? "none" : "solid", width: 1.6, dash: draw ? [2, 4] : [], flow: false };
  return { ...relation, id, kind, alone, lineage: kind.id.startsWith("lineage") };
});
/** An author whose paper is another laboratory's than the first one. */
const MOVE = { id: "move", label: "Wrote for another lab", light: "#cf3a1d", dark: "#f0967f", dash: [], arrow: "solid", width: 2, flow: true };

const labelOf = (node) => things.label[node];
const shortOf = (node) => things.short[node] ?? things.label[node];
const lookOf = (node) => looks[things.type.of[node]];
const typeIs = (node, id) => things.type.words[things.type.of[node]] === id;
const whenOf = (node) => things.when.words[things.when.of[node]];
const familyOf = (node) => things.family.words[things.family.of[node]];
const labOf = (node) => things.lab.words[things.lab.of[node]];
const relationOf = (claim) => relations[claims.relation.of[claim]];
const basisOf = (claim) => claims.basis.words[claims.basis.of[claim]];
const fullId = (node) => (things.id[node].startsWith("<") ? things.id[node].slice(1) : page.base + things.id[node]);
const otherEnd = (claim, node) => (claims.from[claim] === node ? claims.to[claim] : claims.from[claim]);
const sentence = (claim) => `${labelOf(claims.from[claim])} ${relationOf(claim).label} ${labelOf(claims.to[claim])}`;

/** The claims at each thing: those of thing i stand in `touching` from `begin[i]` up to `begin[i + 1]`. */
const begin = new Uint32Array(COUNT + 1);
for (const ends of [claims.from, claims.to]) for (let i = 0; i < CLAIMS; i += 1) begin[ends[i] + 1] += 1;
for (let i = 0; i < COUNT; i += 1) begin[i + 1] += begin[i];
const touching = new Uint32Array(2 * CLAIMS);
{
  const next = begin.slice();
  for (let i = 0; i < CLAIMS; i += 1) {
    touching[next[claims.from[i]]++] = i;
    touching[next[claims.to[i]]++] = i;
  }
}
const degreeOf = (node) => begin[node + 1] - begin[node];
const claimsOf = (node) => touching.subarray(begin[node], begin[node + 1]);

/** All claims between the two ends of a claim. */
function siblings(claim) {
  const [a, b] = [claims.from[claim], claims.to[claim]];
  const [near, far] = degreeOf(a) < degreeOf(b) ? [a, b] : [b, a];
  return [...claimsOf(near)].filter((one, place, all) => otherEnd(one, near) === far && all.indexOf(one) === place);
}

/** For each view: where things stand (NaN: not in it) and in which block. */
const places = new Map();
for (const { id } of page.views) {
  const [which, xs, ys, blocks] = things.places[id];
  const place = { x: new Float32Array(COUNT).fill(NaN), y: new Float32Array(COUNT).fill(NaN), block: new Int32Array(COUNT).fill(-1) };
  for (let i = 0; i < which.length; i += 1) {
    place.x[which[i]] = xs[i];
    place.y[which[i]] = ys[i];
    place.block[which[i]] = blocks[i];
  }
  places.set(id, place);
}
delete things.places;

/** Whether a view draws a claim, filters apart. */
const DRAWN = {
  everything: () => true,
  compare: (claim) => relationOf(claim).kind.id === "comparison",
  people: (claim) => relationOf(claim).id === "creator",
  lineage(claim) {
    const { kind, lineage, id } = relationOf(claim);
    if (lineage || kind.id === "component") return true;
    return kind.id === "membership" && id !== "inFamily" && !siblings(claim).some((one) => relationOf(one).lineage);
  },
};
const drawnIn = new Map();
function claimsIn(view) {
  if (!drawnIn.has(view)) {
    const { x } = places.get(view);
    const drawn = new Uint8Array(CLAIMS);
    for (let i = 0; i < CLAIMS; i += 1) {
      const [a, b] = [claims.from[i], claims.to[i]];
      drawn[i] = a !== b && x[a] === x[a] && x[b] === x[b] && DRAWN[view](i) ? 1 : 0;
    }
    drawnIn.set(view, drawn);
  }
  return drawnIn.get(view);
}

/** Things in the order in which their names are written: what much is said of first, families and laboratories before. */
const RANKS = { ModelFamily: 60, Organization: 12, Model: 8, Benchmark: 6, Paper: 4 };
const rankOf = (node) => degreeOf(node) + (RANKS[things.type.words[things.type.of[node]]] || 0);
const byRank = Uint32Array.from({ length: COUNT }, (_, i) => i);
{
  const rank = Float64Array.from(byRank, rankOf);
  byRank.sort((a, b) => rank[b] - rank[a] || a - b);
}

const PIECE = 500;
const pieces = new Map();
/** What only the panel says of a thing ("node") or of a claim ("edge"). */
async function detailOf(what, number) {
  const id = `kg-${what}-${Math.floor(number / PIECE)}`;
  if (!pieces.has(id)) {
    if (pieces.size > 40) pieces.clear();
    pieces.set(id, unpack(id));
  }
  return (await pieces.get(id))[number % PIECE] || {};
}

const numberOf = new Map();
/** The thing with an id, as the address of the page or an evidence names it. */
function thingBy(id) {
  if (!numberOf.size) things.id.forEach((tail, node) => numberOf.set(tail, node));
  const short = id.startsWith(page.base) ? id.slice(page.base.length) : id;
  return numberOf.get(short) ?? numberOf.get(`<${id}`);
}
