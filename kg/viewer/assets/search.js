// Search: names and other names, the nearest first, from the keyboard alone.

const field = byId("search");
const hits = byId("hits");
const MOST_HITS = 9;
const plain = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("\n", " ")).toLowerCase();
const tight = (line) => line.replace(/[^\p{L}\p{N}]+/gu, "");

/** A text of all names, a line each, in which a look-up anywhere in a name is one scan. */
function textOf(lines) {
  const starts = new Uint32Array(lines.length);
  let at = 1;
  lines.forEach((line, i) => {
    starts[i] = at;
    at += line.length + 1;
  });
  return { text: `\n${lines.join("\n")}\n`, starts, few: null };
}

const LINE = 10; // the code of a line's end
const between = (code) => code === LINE || code === 32 || code === 45 || code === 40; // a line's end, a space, - and (
const drawerOf = (text, at) => ((text.charCodeAt(at) & 63) << 6) | (text.charCodeAt(at + 1) & 63);

/** Where words begin in a text: in drawers by their first two letters, in each in the order of the text. */
function wordsOf(text) {
  const until = new Uint32Array(64 * 64 + 1);
  let count = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (!between(text.charCodeAt(at - 1))) continue;
    until[drawerOf(text, at) + 1] += 1;
    count += 1;
  }
  for (let drawer = 0; drawer < 64 * 64; drawer += 1) until[drawer + 1] += until[drawer];
  const next = until.slice();
  const places = new Uint32Array(count);
  for (let at = 1; at < text.length; at += 1) if (between(text.charCodeAt(at - 1))) places[next[drawerOf(text, at)]++] = at;
  return { until, places };
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
  const whole = textOf(lines);
  index = { written, owner: Uint32Array.from(owner), whole, words: wordsOf(whole.text), dense: textOf(lines.map(tight)) };
  return index;
}

function lineAt(starts, at) {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first lines that are a text, those that begin with it, and those in which a word begins with it. */
function linesByWord(wanted) {
  const { owner, whole: { text, starts }, words: { until, places } } = names();
  const found = [[], [], []];
  const first = drawerOf(`${wanted}\0`, 0);
  for (let drawer = first; drawer <= (wanted.length > 1 ? first : first + 63); drawer += 1) {
    const room = [MOST_HITS, MOST_HITS, MOST_HITS]; // in each drawer, since none is before another
    const last = [-1, -1, -1];
    for (let i = until[drawer]; i < until[drawer + 1]; i += 1) {
      const at = places[i];
      const kind = text.charCodeAt(at - 1) !== LINE ? 2 : text.charCodeAt(at + wanted.length) !== LINE ? 1 : 0;
      if (!room[kind] || !text.startsWith(wanted, at)) continue;
      const line = lineAt(starts, at);
      if (owner[line] === last[kind]) continue; // other names of one thing stand side by side
      last[kind] = owner[line];
      room[kind] -= 1;
      found[kind].push(line);
    }
  }
  return found.flatMap((lines) => lines.sort((a, b) => a - b));
}

/** The first lines that have a text anywhere; what so few have that all of them are known is not looked for again. */
function linesWith(among, wanted) {
  const { text, starts, few } = among;
  if (few && wanted.includes(few.wanted)) return few.lines.filter((line) => text.slice(starts[line], starts[line + 1]).includes(wanted));
  const lines = [];
  let at = text.indexOf(wanted);
  for (; at >= 0 && lines.length <= MOST_HITS * 4; at = text.indexOf(wanted, at + 1)) {
    const line = lineAt(starts, at);
    if (line !== lines.at(-1)) lines.push(line);
  }
  if (at < 0) among.few = { wanted, lines };
  return lines;
}

const answers = new Map(); // the names do not change, so no question is worked out twice
function lookUp(typed) {
  const wanted = plain(typed.trim());
  if (!wanted) return [];
  if (!answers.has(wanted)) answers.set(wanted, answerTo(wanted));
  return answers.get(wanted);
}

/** Things by name: the whole name, its start, the start of a word of it, anywhere in it, and as if it were one word. */
function answerTo(wanted) {
  const { owner, written, whole, dense } = names();
  const best = new Map();
  const add = (lines) => { for (const line of lines) if (best.size < MOST_HITS && !best.has(owner[line])) best.set(owner[line], { node: owner[line], name: written[line] }); };
  add(linesByWord(wanted));
  if (best.size < MOST_HITS) add(linesWith(whole, wanted));
  if (!best.size && tight(wanted)) add(linesWith(dense, tight(wanted)));
  return [...best.values()];
}

/** Read the names while nobody asks, and answer what a search begins with: single letters, which most names have. */
function prepareSearch(letters = [..."etaoinsrlhdcumpgfybwvkxjqz0123456789"]) {
  requestIdleCallback(() => {
    if (index) lookUp(letters.pop());
    else names();
    if (letters.length) prepareSearch(letters);
  }, { timeout: 200 });
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
