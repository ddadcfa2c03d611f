// The data of the page, indexed, and what of it is shown.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("kg-view");
const nodes = read("kg-nodes");
const edges = read("kg-edges");
const nodeById = new Map(nodes.map((node) => [node.id, node]));
const typeById = new Map(page.types.map((type) => [type.id, type]));
const kindById = new Map(page.kinds.map((kind) => [kind.id, kind]));
const relationById = new Map(Object.entries(page.relations));
const viewById = new Map(page.views.map((view) => [view.id, view]));

const state = {
  view: page.views[0].id,
  selected: null, // a node or an edge
  hovered: null,
  off: { type: new Set(), kind: new Set(), basis: new Set() },
};

for (const node of nodes) {
  node.look = typeById.get(node.type);
  node.out = [];
  node.in = [];
  const [x, y] = node.at.lineage || [];
  node.block = (viewById.get("lineage")?.blocks || []).find((one) => x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
}
{
  const pairs = new Map();
  edges.forEach((edge, index) => {
    edge.index = index;
    edge.subject = nodeById.get(edge.from);
    edge.object = nodeById.get(edge.to);
    edge.name = relationById.get(edge.relation);
    edge.kind = kindById.get(edge.name.kind);
    edge.lineage = edge.kind.id.startsWith("lineage");
    edge.subject.out.push(edge);
    edge.object.in.push(edge);
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  });
  for (const group of pairs.values()) {
    const descent = group.some((edge) => edge.lineage);
    group.forEach((edge, place) => {
      edge.place = { index: place, of: group.length };
      edge.implied = edge.relation === "inFamily" || (descent && edge.kind.id === "membership");
    });
  }
}

const isEdge = (thing) => thing !== null && thing.subject !== undefined;

/** Whether the view draws the thing at all, filters apart. */
function inView(thing, view = state.view) {
  if (!isEdge(thing)) return thing.at[view] !== undefined;
  if (!inView(thing.subject, view) || !inView(thing.object, view) || thing.subject === thing.object) return false;
  return view !== "lineage" || (!thing.implied && (thing.lineage || ["membership", "component"].includes(thing.kind.id)));
}

function refilter() {
  for (const node of nodes) node.shown = inView(node) && !state.off.type.has(node.type);
  for (const edge of edges) {
    edge.shown =
      inView(edge) && edge.subject.shown && edge.object.shown && !state.off.kind.has(edge.kind.id) && !state.off.basis.has(edge.basis);
  }
}

/** What stays bright when a thing is pointed at: its neighbours, or in the lineage all that it comes from and leads to. */
function focusOf(thing) {
  if (thing === null) return null;
  if (isEdge(thing)) return new Set([thing, thing.subject, thing.object]);
  const kept = new Set([thing]);
  if (state.view === "lineage") {
    follow(thing, kept, "out", "object");
    follow(thing, kept, "in", "subject");
  } else {
    for (const edge of [...thing.out, ...thing.in]) if (edge.shown) kept.add(edge).add(edge.subject).add(edge.object);
  }
  return kept;
}

function follow(start, kept, side, end) {
  const queue = [start];
  const seen = new Set(queue);
  while (queue.length) {
    for (const edge of queue.pop()[side]) {
      const member = edge.relation === "inFamily" && edge.subject.shown && edge.object.shown;
      if (!(edge.shown && edge.kind.id !== "component") && !member) continue;
      kept.add(edge).add(edge[end]);
      if (!seen.has(edge[end])) queue.push(edge[end]);
      seen.add(edge[end]);
    }
  }
}

const tail = (id) => (id.startsWith(page.base) ? id.slice(page.base.length) : id);
const byTail = (text) => nodeById.get(page.base + text) || nodeById.get(text);
