// Search: names and other names, the nearest first, from the keyboard alone.

const field = byId("search");
const hits = byId("hits");
const MOST_HITS = 9;
const plain = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("\n", " ")).toLowerCase();

/** A text of all names, a line each, in which a whole look-up is a few scans. */
function textOf(lines) {
  const starts = new Uint32Array(lines.length);
  let at = 1;
  lines.forEach((line, i) => {
    starts[i] = at;
    at += line.length + 1;
  });
  return { text: `\n${lines.join("\n")}\n`, starts };
}

let index = null;
/** The names as they are written and without what is neither letter nor digit; what much is said of comes first. */
function names() {
  if (index) return index;
  const [written, owner] = [[], []];
  for (const node of byRank) {
    for (const name of [labelOf(node), ...(things.also[node] || [])]) {
      written.push(name);
      owner.push(node);
    }
  }
  const lines = written.map(plain);
  index = { written, owner: Uint32Array.from(owner), whole: textOf(lines), tight: textOf(lines.map(tight)) };
  return index;
}
const tight = (line) => line.replace(/[^\p{L}\p{N}]+/gu, "");

function lineAt(starts, at) {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Things by name: the whole name, its start, the start of a word of it, anywhere in it. */
function lookUp(typed) {
  const wanted = plain(typed.trim());
  if (!wanted) return [];
  const { owner, written, whole, tight: dense } = names();
  const best = new Map();
  const scan = ({ text, starts }, pattern, shift) => {
    for (let at = text.indexOf(pattern); at >= 0 && best.size < MOST_HITS; at = text.indexOf(pattern, at + 1)) {
      const line = lineAt(starts, at + shift);
      if (!best.has(owner[line])) best.set(owner[line], { node: owner[line], name: written[line] });
    }
  };
  if (whole.text.includes(wanted)) {
    scan(whole, `\n${wanted}\n`, 1);
    scan(whole, `\n${wanted}`, 1);
    for (const mark of [" ", "-", "("]) scan(whole, `${mark}${wanted}`, 1);
    scan(whole, wanted, 0);
  }
  if (!best.size && tight(wanted)) scan(dense, tight(wanted), 0);
  return [...best.values()].slice(0, MOST_HITS);
}

let found = [];
let chosen = -1;

function showHits() {
  found = lookUp(field.value);
  hits.replaceChildren(
    ...found.map((hit, place) => {
      const item = make("li", { role: "option", id: `hit-${place}` }, typeMark(lookOf(hit.node), 12), make("span", { class: "name" }, labelOf(hit.node)),
        make("span", { class: "note" }, hit.name === labelOf(hit.node) ? whenOf(hit.node) : hit.name));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(place);
      });
      return item;
    }),
  );
  const nothing = !found.length && field.value.trim();
  if (nothing) hits.append(make("li", { class: "none", role: "option", "aria-disabled": "true" }, "No such name"));
  hits.hidden = !field.value.trim();
  field.setAttribute("aria-expanded", String(!hits.hidden));
  choose(found.length ? 0 : -1);
  if (nothing) say("No such name");
}

function choose(place) {
  chosen = place;
  found.forEach((_, at) => hits.children[at].setAttribute("aria-selected", String(at === place)));
  if (place >= 0) field.setAttribute("aria-activedescendant", `hit-${place}`);
  else field.removeAttribute("aria-activedescendant");
}

function closeHits() {
  hits.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function take(place) {
  const hit = found[place];
  if (!hit) return;
  const path = scene.picking && isThing(state.selected) && hit.node !== state.selected;
  field.value = "";
  closeHits();
  if (path) showPath(hit.node);
  else select(hit.node, true);
  container.focus();
}

field.addEventListener("input", showHits);
field.addEventListener("focus", () => { names(); if (field.value.trim()) showHits(); });
field.addEventListener("blur", closeHits);
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (found.length) choose((chosen + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
  } else if (event.key === "Enter") take(chosen);
  else if (event.key === "Escape") {
    if (hits.hidden) container.focus();
    else {
      field.value = "";
      closeHits();
    }
    event.stopPropagation();
  } else return;
  event.preventDefault();
});
