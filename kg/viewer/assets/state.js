// What of the data is shown. A thing is its number; a claim, where both may come, is the number below zero: ~claim.

const state = {
  view: page.views[0].id,
  selected: null, // a thing, or ~claim
  hovered: null,
  off: { type: new Set(), family: new Set(), lab: new Set(), kind: new Set(), basis: new Set() },
  sure: 0, // the least confidence, in thousandths
  days: null, // [first, last] as numbers of days, or all
  near: 0, // only so many steps around the selected thing
  trace: "", // "up", "down": the ancestors or descendants of the selected thing stay bright
  to: null, // the other end of a path from the selected thing
};
const isClaim = (thing) => thing !== null && thing < 0;
const isThing = (thing) => thing !== null && thing >= 0;

const shown = new Uint8Array(COUNT);
const shownClaim = new Uint8Array(CLAIMS);
const shownBlocks = new Set();

const inView = (node, view = state.view) => {
  const { x } = places.get(view);
  return x[node] === x[node];
};
/** The kind by which the legend counts and filters a claim: moves among people, and each comparison, are kinds of their own. */
function kindOf(claim) {
  if (state.view === "people") {
    const { block } = places.get("people");
    const [a, b] = [block[claims.from[claim]], block[claims.to[claim]]];
    const { blocks } = viewById.get("people");
    if (a !== b && blocks[a]?.[0] && blocks[b]?.[0]) return MOVE;
  }
  if (state.view === "compare") return relationOf(claim).alone;
  return relationOf(claim).kind;
}

const mask = (words, off) => Uint8Array.from(words, (word) => (off.has(word) ? 0 : 1));

/** Whether a claim passes the filters on claims. */
function claimFilter() {
  const basis = mask(claims.basis.words, state.off.basis);
  const kind = Uint8Array.from(relations, (relation) => (state.off.kind.has(relation.kind.id) ? 0 : 1));
  const own = state.off.kind.size > 0;
  return (claim) =>
    claims.confidence[claim] >= state.sure && basis[claims.basis.of[claim]] && kind[claims.relation.of[claim]] && (!own || !state.off.kind.has(kindOf(claim).id));
}

/** Whether a thing passes the filters on things. */
function thingFilter() {
  const masks = ["family", "lab"].filter((name) => state.off[name].size).map((name) => {
    const { of, words } = things[name];
    const pass = mask(words, state.off[name]);
    return joined(of.map((word) => (words[word] ? pass[word] : UNKNOWN)), state.off[name].has("") ? 0 : UNKNOWN);
  });
  if (state.days) masks.push(joined(things.day.map((day) => (day === 0 ? UNKNOWN : Number(day >= state.days[0] && day <= state.days[1]))), UNKNOWN));
  const type = mask(things.type.words, state.off.type);
  return (node) => type[things.type.of[node]] && masks.every((one) => one[node]);
}

const UNKNOWN = 2;
/** Things that pass, and those of which it is not known that are joined in this view to one that passes, or, unless
 * they are to be left out, to none of which it is known. */
function joined(passed, alone) {
  const found = Uint8Array.from(passed, (one) => (one === UNKNOWN ? alone : one));
  const drawn = claimsIn(state.view);
  for (let claim = 0; claim < CLAIMS; claim += 1) {
    if (!drawn[claim]) continue;
    const [a, b] = [claims.from[claim], claims.to[claim]];
    if (passed[a] === UNKNOWN && passed[b] !== UNKNOWN && found[a] !== 1) found[a] = passed[b];
    if (passed[b] === UNKNOWN && passed[a] !== UNKNOWN && found[b] !== 1) found[b] = passed[a];
  }
  return found;
}

function refilter() {
  const passesThing = thingFilter();
  const passesClaim = claimFilter();
  const drawn = claimsIn(state.view);
  const { x } = places.get(state.view);
  for (let i = 0; i < COUNT; i += 1) shown[i] = x[i] === x[i] && passesThing(i) ? 1 : 0;
  for (let i = 0; i < CLAIMS; i += 1) shownClaim[i] = drawn[i] && shown[claims.from[i]] && shown[claims.to[i]] && passesClaim(i) ? 1 : 0;
  if (state.near && isThing(state.selected)) keepNear(state.selected, state.near);
  const { block } = places.get(state.view);
  shownBlocks.clear();
  for (let i = 0; i < COUNT; i += 1) if (shown[i]) shownBlocks.add(block[i]);
}

function keepNear(start, steps) {
  const kept = new Uint8Array(COUNT);
  kept[start] = 1;
  let edge = [start];
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const node of edge) {
      for (const claim of claimsOf(node)) {
        const other = otherEnd(claim, node);
        if (shownClaim[claim] && !kept[other]) {
          kept[other] = 1;
          next.push(other);
        }
      }
    }
    edge = next;
  }
  for (let i = 0; i < COUNT; i += 1) shown[i] &= kept[i];
  for (let i = 0; i < CLAIMS; i += 1) shownClaim[i] &= kept[claims.from[i]] & kept[claims.to[i]];
}

const MOST = 4000;

/** What stays bright: things and claims around the one that is pointed at, its line of descent, or a path. */
function focusOf(thing) {
  const focus = { things: new Set(), claims: new Set() };
  const add = (claim) => {
    focus.claims.add(claim);
    focus.things.add(claims.from[claim]).add(claims.to[claim]);
  };
  if (state.to !== null && isThing(state.selected) && state.hovered === null) {
    focus.things.add(state.selected);
    (pathBetween(state.selected, state.to) || []).forEach(add);
    return focus;
  }
  if (thing === null) return null;
  if (isClaim(thing)) add(~thing);
  else {
    focus.things.add(thing);
    const traced = thing === state.selected ? state.trace : "";
    if (traced) descent(thing, traced).forEach(add);
    else if (state.view === "lineage") ["up", "down"].forEach((way) => descent(thing, way, familiar).forEach(add));
    else for (const claim of claimsOf(thing)) if (shownClaim[claim] && focus.claims.size < MOST) add(claim);
  }
  return focus;
}

const familiar = (claim) =>
  (shownClaim[claim] && relationOf(claim).kind.id !== "component") || (relationOf(claim).id === "inFamily" && shown[claims.from[claim]] && shown[claims.to[claim]]);
const descends = (claim) => relationOf(claim).lineage || relationOf(claim).id === "variantOf";

/** The claims by which a thing comes from others ("up") or others from it ("down"), however far. */
function descent(start, way, follows = descends) {
  const [near, far] = way === "up" ? [claims.from, claims.to] : [claims.to, claims.from];
  const found = new Set();
  const seen = new Set([start]);
  const queue = [start];
  for (const node of queue) {
    for (const claim of claimsOf(node)) {
      if (near[claim] !== node || !follows(claim)) continue;
      found.add(claim);
      if (!seen.has(far[claim]) && seen.size < MOST) queue.push(far[claim]);
      seen.add(far[claim]);
    }
  }
  return found;
}

/** How far it is along a claim: lineage is near, what half the graph shares (a laboratory, a benchmark) is far. */
const FAR = { comparison: 2, introduction: 2, bibliographic: 2, attribution: 4, evaluation: 4, training: 4, licensing: 4 };
const lengthOf = (claim) => FAR[relationOf(claim).kind.id] || 1;

/** A shortest way from one thing to another along claims that the filters pass, as claims; null if there is none. */
function pathBetween(start, goal) {
  const passesThing = thingFilter();
  const passesClaim = claimFilter();
  const by = new Int32Array(COUNT).fill(-1);
  const away = new Float64Array(COUNT).fill(Infinity);
  away[start] = 0;
  const rings = [[start]]; // the things at each distance
  for (let distance = 0; distance < rings.length && away[goal] > distance; distance += 1) {
    for (const node of rings[distance] || []) {
      if (away[node] !== distance) continue;
      for (const claim of claimsOf(node)) {
        const other = otherEnd(claim, node);
        const length = distance + lengthOf(claim);
        if (length >= away[other] || !passesClaim(claim) || !passesThing(other)) continue;
        away[other] = length;
        by[other] = claim;
        (rings[length] ||= []).push(other);
      }
    }
  }
  if (by[goal] < 0) return null;
  const path = [];
  for (let node = goal; node !== start; node = otherEnd(path[0], node)) path.unshift(by[node]);
  return path;
}
