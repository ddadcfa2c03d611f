// Search: names and other names, the nearest first, from the keyboard alone.

const field = document.getElementById("search");
const hits = document.getElementById("hits");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const names = nodes.flatMap((node) => [node.label, ...node.also].map((name) => ({ node, name, plain: plain(name) })));
let found = [];
let chosen = -1;

/** How well a name answers: the start of it, the start of a word of it, anywhere in it. */
function score(name, wanted) {
  const at = name.indexOf(wanted);
  if (at < 0) return 0;
  if (name === wanted) return 4;
  if (at === 0) return 3;
  return /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 1;
}

function lookUp(text) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  const best = new Map();
  for (const entry of names) {
    const points = score(entry.plain, wanted);
    if (points > 0 && points > (best.get(entry.node)?.points ?? 0)) best.set(entry.node, { ...entry, points });
  }
  return [...best.values()].sort((a, b) => b.points - a.points || b.node.weight - a.node.weight || (a.name < b.name ? -1 : 1)).slice(0, 9);
}

function showHits() {
  found = lookUp(field.value);
  choose(found.length ? 0 : -1);
  hits.replaceChildren(
    ...found.map((hit, index) => {
      const item = make("li", { role: "option", id: `hit-${index}` }, typeMark(hit.node.look, 12), make("span", { class: "name" }, hit.node.label),
        make("span", { class: "note" }, hit.name === hit.node.label ? hit.node.when : hit.name));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(index);
      });
      return item;
    }),
  );
  if (!found.length && field.value.trim()) hits.append(make("li", { class: "none" }, "No such name"));
  hits.hidden = !field.value.trim();
  field.setAttribute("aria-expanded", String(!hits.hidden));
  choose(chosen);
}

function choose(index) {
  chosen = index;
  [...hits.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
  if (index >= 0) field.setAttribute("aria-activedescendant", `hit-${index}`);
  else field.removeAttribute("aria-activedescendant");
}

function closeHits() {
  hits.hidden = true;
  field.setAttribute("aria-expanded", "false");
}

function take(index) {
  const hit = found[index];
  if (!hit) return;
  field.value = "";
  closeHits();
  field.blur();
  select(hit.node, true);
}

field.addEventListener("input", showHits);
field.addEventListener("focus", () => field.value.trim() && showHits());
field.addEventListener("blur", closeHits);
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (found.length) choose((chosen + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
  } else if (event.key === "Enter") take(chosen);
  else if (event.key === "Escape") {
    if (hits.hidden) field.blur();
    closeHits();
    event.stopPropagation();
  } else return;
  event.preventDefault();
});
