// Thousands of lines and dots at once: set pixel by pixel into a bitmap of the screen's own pixels, a few at a time.

const rgb = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

class Bitmap {
  constructor(width, height, ground) {
    this.width = width;
    this.height = height;
    this.image = new ImageData(width, height);
    const [r, g, b] = rgb(ground);
    new Uint32Array(this.image.data.buffer).fill((255 << 24) | (b << 16) | (g << 8) | r);
  }

  /** A line one pixel wide, soft at its sides (after Wu 1991); what lies outside is left out. */
  line(x0, y0, x1, y1, [r, g, b], strength) {
    const { width, height, image: { data } } = this;
    const steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
    let [a0, b0, a1, b1] = steep ? [y0, x0, y1, x1] : [x0, y0, x1, y1];
    if (a0 > a1) [a0, b0, a1, b1] = [a1, b1, a0, b0];
    const slope = (b1 - b0) / (a1 - a0 || 1);
    const [alongMost, acrossMost] = steep ? [height, width - 1] : [width, height - 1];
    let first = Math.max(0, Math.ceil(a0));
    let last = Math.min(alongMost - 1, Math.floor(a1));
    if (slope !== 0) {
      const [u, v] = [a0 - b0 / slope, a0 + (acrossMost - b0) / slope];
      first = Math.max(first, Math.ceil(Math.min(u, v)));
      last = Math.min(last, Math.floor(Math.max(u, v)));
    }
    let across = b0 + slope * (first - a0);
    const [along, side] = steep ? [width * 4, 4] : [4, width * 4];
    for (let a = first; a <= last; a += 1, across += slope) {
      const low = Math.floor(across);
      if (low < 0 || low >= acrossMost) continue;
      const part = across - low;
      const at = a * along + low * side;
      const near = strength * (1 - part);
      const far = strength * part;
      data[at] += (r - data[at]) * near;
      data[at + 1] += (g - data[at + 1]) * near;
      data[at + 2] += (b - data[at + 2]) * near;
      data[at + side] += (r - data[at + side]) * far;
      data[at + side + 1] += (g - data[at + side + 1]) * far;
      data[at + side + 2] += (b - data[at + side + 2]) * far;
    }
    return Math.max(0, last - first);
  }

  disc(x, y, radius, [r, g, b]) {
    const { width, height, image: { data } } = this;
    const reach = radius + 0.5;
    for (let row = Math.max(0, Math.floor(y - reach)); row <= Math.min(height - 1, y + reach); row += 1) {
      for (let column = Math.max(0, Math.floor(x - reach)); column <= Math.min(width - 1, x + reach); column += 1) {
        const away = Math.sqrt((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2);
        const part = Math.min(1, reach - away);
        if (part <= 0) continue;
        const at = (row * width + column) * 4;
        data[at] += (r - data[at]) * part;
        data[at + 1] += (g - data[at + 1]) * part;
        data[at + 2] += (b - data[at + 2]) * part;
      }
    }
  }
}

/** How strongly single lines show among so many. */
const strengthOf = (count) => Math.max(0.05, Math.min(0.5, 18 / Math.sqrt(count)));

const channels = new Map();
function channelsOf(hex) {
  if (!channels.has(hex)) channels.set(hex, rgb(hex));
  return channels.get(hex);
}

/** Paint lines into a bitmap; each `yield` is a place to stop. `xs` and `ys` say where things are in it. */
function* paintLines(bitmap, crowd, xs, ys) {
  const strength = strengthOf(crowd.claimCount);
  let work = 0;
  for (let i = 0; i < crowd.claimCount; i += 1) {
    const claim = crowd.claims[i];
    const [a, b] = [claims.from[claim], claims.to[claim]];
    const relation = relationOf(claim);
    const weight = relation.lineage || relation.kind.id === "comparison" ? Math.min(0.9, strength * 2) : QUIET.includes(relation.kind.id) ? strength / 2 : strength;
    work += 12 + bitmap.line(xs[a], ys[a], xs[b], ys[b], channelsOf(relation[theme.tone]), weight);
    if (work > 12000) {
      work = 0;
      yield;
    }
  }
}

function* paintDots(bitmap, crowd, xs, ys, ratio) {
  for (let i = crowd.thingCount - 1; i >= 0; i -= 1) {
    const node = crowd.things[i];
    bitmap.disc(xs[node], ys[node], Math.max(0.7, radiusOf(node)) * ratio, channelsOf(lookOf(node)[theme.tone]));
    if (i % 400 === 0) yield;
  }
}
