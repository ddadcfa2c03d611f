// Lines on the screen, as points: they are drawn, cut short at their ends and found under the pointer the same way.

function curve(from, first, second, to, steps = 16) {
  const points = [];
  for (let i = 0; i <= steps; i += 1) {
    const t = i / steps;
    const u = 1 - t;
    const a = u * u * u;
    const b = 3 * u * u * t;
    const c = 3 * u * t * t;
    const d = t * t * t;
    points.push([a * from[0] + b * first[0] + c * second[0] + d * to[0], a * from[1] + b * first[1] + c * second[1] + d * to[1]]);
  }
  return points;
}

/** Out to a side, down (or up) along it and across to the other point, with round corners. */
function bracket(from, to, side, radius) {
  const middle = [side, (from[1] + to[1]) / 2];
  return [...elbow(middle, from, radius).reverse(), ...elbow(middle, to, radius)];
}

/** Down (or up) from one point and then across to the other, with a round corner. */
function elbow(from, to, radius) {
  const down = Math.sign(to[1] - from[1]);
  const r = Math.min(radius, Math.abs(to[1] - from[1]), Math.abs(to[0] - from[0]));
  const corner = [from[0], to[1]];
  const before = [from[0], to[1] - down * r];
  const after = [from[0] + Math.sign(to[0] - from[0]) * r, to[1]];
  return [from, ...curve(before, [(before[0] + 2 * corner[0]) / 3, (before[1] + 2 * corner[1]) / 3], [(after[0] + 2 * corner[0]) / 3, (after[1] + 2 * corner[1]) / 3], after, 6), to];
}

/** A shallow bow, so that several lines between two things can be told apart. */
function bow(from, to, bend) {
  if (bend === 0) return [from, to];
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const shift = [-dy * bend, dx * bend];
  return curve(from, [from[0] + dx / 3 + shift[0], from[1] + dy / 3 + shift[1]], [from[0] + (2 * dx) / 3 + shift[0], from[1] + (2 * dy) / 3 + shift[1]], to, 12);
}

/** The line without its first and last pixels; null if nothing is left. */
function trimmed(points, head, end) {
  const start = cut(points, head);
  const rest = start && cut(start.reverse(), end);
  return rest && rest.reverse();
}

function cut(points, length) {
  let left = length;
  for (let i = 1; i < points.length; i += 1) {
    const dx = points[i][0] - points[i - 1][0];
    const dy = points[i][1] - points[i - 1][1];
    const size = Math.hypot(dx, dy);
    if (size > left) {
      const t = left / size;
      return [[points[i - 1][0] + dx * t, points[i - 1][1] + dy * t], ...points.slice(i)];
    }
    left -= size;
  }
  return null;
}

/** The part of a stretch inside a rectangle (Liang and Barsky 1984), as its two ends; null if there is none. */
function inside([x0, y0], [x1, y1], [left, top, right, bottom]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  let [first, last] = [0, 1];
  for (const [p, q] of [[-dx, x0 - left], [dx, right - x0], [-dy, y0 - top], [dy, bottom - y0]]) {
    if (p === 0 && q < 0) return null;
    if (p < 0) first = Math.max(first, q / p);
    else if (p > 0) last = Math.min(last, q / p);
  }
  return first > last ? null : [[x0 + first * dx, y0 + first * dy], [x0 + last * dx, y0 + last * dy]];
}

/** Trace a line, but only what of it is near the screen: dashes of a line that is miles long take for ever. */
function trace(context, points, frame) {
  let end = null;
  for (let i = 1; i < points.length; i += 1) {
    const part = inside(points[i - 1], points[i], frame);
    if (!part) continue;
    if (!end || end[0] !== part[0][0] || end[1] !== part[0][1]) context.moveTo(...part[0]);
    context.lineTo(...part[1]);
    end = part[1];
  }
}

function distanceTo(points, x, y) {
  let best = Infinity;
  for (let i = 1; i < points.length; i += 1) {
    const [ax, ay] = points[i - 1];
    const dx = points[i][0] - ax;
    const dy = points[i][1] - ay;
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return best;
}

/** Rectangles on the screen, for labels that must not lie on one another. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
      for (let y = Math.floor(top / 32); y <= Math.floor(bottom / 32); y += 1) yield x * 100003 + y;
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  free(box, owner) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        if (other[4] !== owner && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}
