// What is shown, to take away: as a picture, as RDF, as a table, as a graph for other programs.

/** A drawing context that writes SVG: the few operations that the picture uses. */
class SvgContext {
  constructor(width, height, left = 0) {
    Object.assign(this, { width, height, left, parts: [], path: "", stack: [], dash: [], matrix: [1, 0, 0, 1, 0, 0] });
    Object.assign(this, { globalAlpha: 1, fillStyle: "#000000", strokeStyle: "#000000", lineWidth: 1, font: "12px sans-serif", textBaseline: "middle", textAlign: "left", lineCap: "butt", lineJoin: "miter" });
  }

  save() { this.stack.push([...this.matrix]); }
  restore() { this.matrix = this.stack.pop(); }
  translate(x, y) { const [a, b, c, d, e, f] = this.matrix; this.matrix = [a, b, c, d, a * x + c * y + e, b * x + d * y + f]; }
  rotate(angle) { const [a, b, c, d, e, f] = this.matrix; const [p, q] = [Math.cos(angle), Math.sin(angle)]; this.matrix = [a * p + c * q, b * p + d * q, c * p - a * q, d * p - b * q, e, f]; }
  setLineDash(dash) { this.dash = dash; }
  at(x, y) { const [a, b, c, d, e, f] = this.matrix; return `${num(a * x + c * y + e)} ${num(b * x + d * y + f)}`; }
  beginPath() { this.path = ""; }
  moveTo(x, y) { this.path += `M${this.at(x, y)}`; }
  lineTo(x, y) { this.path += `${this.path ? "L" : "M"}${this.at(x, y)}`; }
  closePath() { this.path += "Z"; }
  arc(x, y, r) { this.path += `M${this.at(x - r, y)}A${num(r)} ${num(r)} 0 1 0 ${this.at(x + r, y)}A${num(r)} ${num(r)} 0 1 0 ${this.at(x - r, y)}Z`; }
  roundRect(x, y, w, h, radius) {
    const r = Math.max(0, Math.min(radius, w / 2, h / 2));
    const turn = `A${num(r)} ${num(r)} 0 0 1 `;
    this.path += `M${this.at(x + r, y)}L${this.at(x + w - r, y)}${turn}${this.at(x + w, y + r)}L${this.at(x + w, y + h - r)}${turn}${this.at(x + w - r, y + h)}L${this.at(x + r, y + h)}${turn}${this.at(x, y + h - r)}L${this.at(x, y + r)}${turn}${this.at(x + r, y)}Z`;
  }
  fill() { this.add(`<path d="${this.path}" fill="${this.fillStyle}"${this.opacity()}/>`); }
  stroke() { this.add(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${num(this.lineWidth)}"${this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : ""}${this.opacity()}/>`); }
  fillRect(x, y, w, h) { this.add(`<rect x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}" fill="${this.fillStyle}"${this.opacity()}/>`); }
  strokeText(text, x, y) { this.text(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${num(this.lineWidth)}" stroke-linejoin="round"`); }
  fillText(text, x, y) { this.text(text, x, y, `fill="${this.fillStyle}"`); }
  text(text, x, y, style) { this.add(`<text x="${num(x)}" y="${num(y)}" dominant-baseline="central" style="font:${inXml(this.font)}" ${style}${this.opacity()}>${inXml(text)}</text>`); }
  opacity() { return this.globalAlpha < 1 ? ` opacity="${num(this.globalAlpha)}"` : ""; }
  add(part) { this.parts.push(part); }
  /** What was drawn, as elements. */
  shapes() { return [...new DOMParser().parseFromString(this.toString(), "image/svg+xml").querySelectorAll("path")]; }
  toString() {
    const { width, height, left } = this;
    return `<svg xmlns="${SVG}" viewBox="${left} 0 ${width} ${height}" width="${width}" height="${height}">\n<title>${inXml(document.title)}</title>\n<rect x="${left}" width="${width}" height="${height}" fill="${theme.paper}"/>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

const num = (value) => String(Math.round(value * 100) / 100);
/** Text as XML holds it; what XML cannot hold at all becomes the mark for that. */
const inXml = (text) => String(text).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** Draw what is on the screen into another context; nothing is dimmed by where the pointer is. */
function drawInto(context) {
  readCamera();
  look();
  const hovered = state.hovered;
  state.hovered = null;
  const focus = focusOf(state.selected);
  through(paint(context, focus));
  drawLabels(context, [...onScreen()], focus, labelsFor());
  drawTicks(context, true);
  state.hovered = hovered;
}

/** The part of the canvas that no card covers; on paper the details do not. */
function frame(paper = false) {
  measure();
  readCamera();
  if (paper) Object.assign(scene.inset, { right: 0, bottom: 0 });
  const { left, right, bottom } = scene.inset;
  return { left, width: camera.width - left - right, height: camera.height - bottom };
}

function asSvg() {
  const { left, width, height } = frame();
  const context = new SvgContext(width, height, left);
  drawInto(context);
  return context.toString();
}

/** What is shown, on a canvas with so many pixels for one of the screen. */
function asCanvas(ratio, paper = false) {
  const { left, width, height } = frame(paper);
  const canvas = make("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio), "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, -left * ratio, 0);
  context.beginPath();
  context.rect(left, 0, width, height);
  context.clip(); // a printer gets the lines themselves and would draw them beyond the canvas
  context.fillStyle = theme.paper;
  context.fillRect(left, 0, width, height);
  drawInto(context);
  return canvas;
}

/** A picture of at least twice the pixels of the screen, for slides. */
function asPng() {
  return new Promise((resolve) => { asCanvas(Math.max(2, devicePixelRatio)).toBlob(resolve, "image/png"); });
}

/** On paper the picture stands in the light colours above the legend and the details, sharper than on the screen. */
function onPaper(printing) {
  document.documentElement.classList.toggle("paper", printing);
  readTheme();
  showLegend();
  document.querySelector("main > canvas")?.remove();
  if (printing) container.before(asCanvas(3, true));
  network.redraw();
}

const shownThings = () => { const all = []; for (let i = 0; i < COUNT; i += 1) if (shown[i]) all.push(i); return all; };
const shownClaims = () => { const all = []; for (let i = 0; i < CLAIMS; i += 1) if (shownClaim[i]) all.push(i); return all; };

/** An IRI as Turtle writes it; what may not stand in one is percent-encoded. */
const iri = (text) => `<${text.toWellFormed().replace(/[\u0000-\u0020<>"{}|^`\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)}>`;
const absolute = (text) => /^[a-z][a-z0-9+.-]*:/i.test(text);
const resource = (node) => iri(absolute(fullId(node)) ? fullId(node) : `${page.base}unnamed/${encodeURIComponent(fullId(node).toWellFormed())}`);
const literal = (text) => `"${text.toWellFormed().replace(/[\\"\n\r\t]/g, (mark) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[mark]).replace(/[\u0000-\u001f]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

function asTurtle() {
  const label = iri(`${page.prefixes.rdfs}label`);
  const lines = shownThings().map((node) => `${resource(node)} ${lookOf(node).term ? `a ${iri(lookOf(node).term)} ; ` : ""}${label} ${literal(labelOf(node))} .`);
  for (const claim of shownClaims()) {
    const { term, id } = relationOf(claim);
    const predicate = term || (absolute(id) ? id : `${page.prefixes.kg}${encodeURIComponent(id.toWellFormed())}`);
    lines.push(`${resource(claims.from[claim])} ${iri(predicate)} ${resource(claims.to[claim])} .`);
  }
  return `${lines.join("\n")}\n`;
}

/** A cell of a table; one that a spreadsheet would run as a formula is written as text. */
function cell(value) {
  const text = String(value).toWellFormed();
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function asCsv() {
  const rows = [["subject", "subject type", "relation", "object", "object type", "basis", "confidence", "sentence", "paper", "rule", "subject id", "object id"]];
  for (const claim of shownClaims()) {
    const [a, b] = [claims.from[claim], claims.to[claim]];
    const { evidence: [first] = [] } = await detailOf("edge", claim);
    rows.push([labelOf(a), lookOf(a).one, relationOf(claim).label, labelOf(b), lookOf(b).one, basisOf(claim), claims.confidence[claim] / 1000, first ? first.quote : "", first ? whereOf(first).text : "", first ? first.rule : "", fullId(a), fullId(b)]);
  }
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function asGraphml() {
  const keys = [["label", "node", "string"], ["type", "node", "string"], ["date", "node", "string"], ["family", "node", "string"], ["lab", "node", "string"], ["relation", "edge", "string"], ["basis", "edge", "string"], ["confidence", "edge", "double"]];
  const data = (values) => Object.entries(values).filter(([, value]) => value !== "").map(([key, value]) => `<data key="${key}">${inXml(value)}</data>`).join("");
  const nodes = shownThings().map((node) => `<node id="${inXml(fullId(node))}">${data({ label: labelOf(node), type: lookOf(node).id, date: whenOf(node), family: familyOf(node), lab: labOf(node) })}</node>`);
  const edges = shownClaims().map((claim) => `<edge source="${inXml(fullId(claims.from[claim]))}" target="${inXml(fullId(claims.to[claim]))}">${data({ relation: relationOf(claim).id, basis: basisOf(claim), confidence: claims.confidence[claim] / 1000 })}</edge>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.map(([id, what, type]) => `<key id="${id}" for="${what}" attr.name="${id}" attr.type="${type}"/>`).join("\n")}\n<graph edgedefault="directed">\n${[...nodes, ...edges].join("\n")}\n</graph>\n</graphml>\n`;
}

const FORMATS = [
  ["png", "Picture (PNG)", asPng, "image/png"],
  ["svg", "Drawing (SVG)", asSvg, "image/svg+xml"],
  ["ttl", "Triples (Turtle)", asTurtle, "text/turtle"],
  ["csv", "Table (CSV)", asCsv, "text/csv"],
  ["graphml", "Graph (GraphML)", asGraphml, "application/graphml+xml"],
];

async function save(ending, make_, type) {
  closeMenu();
  const made = await make_();
  const blob = made instanceof Blob ? made : new Blob([made], { type });
  const anchor = make("a", { href: URL.createObjectURL(blob), download: `${state.view}.${ending}` });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
  say(`Saved ${anchor.download}`);
  network.redraw();
}

const menu = byId("save-menu");
function closeMenu(focus = false) {
  menu.hidden = true;
  byId("save").setAttribute("aria-expanded", "false");
  if (focus) byId("save").focus();
}

function startMenu() {
  menu.append(...FORMATS.map(([ending, label, make_, type]) => make("button", { role: "menuitem", "data-format": ending, onclick: () => save(ending, make_, type) }, label)));
  byId("save").addEventListener("click", () => {
    menu.hidden = !menu.hidden;
    byId("save").setAttribute("aria-expanded", String(!menu.hidden));
    if (!menu.hidden) menu.firstElementChild.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
    else if (event.key === "Home") items[0].focus();
    else if (event.key === "End") items.at(-1).focus();
    else if (event.key === "Escape") closeMenu(true);
    else if (event.key === "Tab") closeMenu();
    else return;
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".menu")) closeMenu(); });
}
