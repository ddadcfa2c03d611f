// Time: how much is of when, and a slider with two ends that limits the picture to a stretch of it.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthOf = (day) => Math.floor(day / 31); // months since the year 0: the page counts months of 31 days
const dayWords = (day) => `${MONTHS[monthOf(day) % 12]} ${Math.floor(day / 372)}`;
const dayText = (day) => `${String(Math.floor(day / 372)).padStart(4, "0")}-${String((monthOf(day) % 12) + 1).padStart(2, "0")}`;
const textDay = (text) => {
  const found = /^(\d{4})-(\d\d)$/.exec(text || "");
  return found ? Number(found[1]) * 372 + (Number(found[2]) - 1) * 31 : null;
};

const spans = new Map();
/** The months of a view from the first to the last, and how many things are of each stretch of them. */
function spanOf(view) {
  if (spans.has(view)) return spans.get(view);
  const { x } = places.get(view);
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < COUNT; i += 1) {
    if (x[i] !== x[i] || !things.day[i]) continue;
    first = Math.min(first, monthOf(things.day[i]));
    last = Math.max(last, monthOf(things.day[i]));
  }
  const bars = new Uint32Array(Math.max(1, Math.min(48, last - first + 1)));
  if (first < last) for (let i = 0; i < COUNT; i += 1) if (x[i] === x[i] && things.day[i]) bars[Math.min(bars.length - 1, Math.floor(((monthOf(things.day[i]) - first) / (last - first + 1)) * bars.length))] += 1;
  spans.set(view, { first, last, bars });
  return spans.get(view);
}

function histogram(bars, from, until) {
  const [width, height] = [216, 34];
  const most = Math.max(...bars);
  const step = width / bars.length;
  return svg("svg", { class: "histogram", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...[...bars].map((bar, i) => {
    const tall = bar ? Math.max(2, Math.sqrt(bar / most) * height) : 0;
    const middle = (i + 0.5) / bars.length;
    return svg("rect", { x: i * step + 0.5, y: height - tall, width: Math.max(0.5, step - 1), height: tall, rx: Math.min(1.5, step / 3), class: middle >= from && middle <= until ? "bar-in" : "bar-out" });
  }));
}

function timeSection() {
  const { first, last, bars } = spanOf(state.view);
  if (!(first < last)) return null;
  const [from, until] = state.days ? state.days.map(monthOf) : [first, last];
  const share = (month, end) => (month - first + end) / (last - first + 1);
  const value = make("output", { class: "count" }, `${dayWords(Math.max(from, first) * 31)} – ${dayWords(Math.min(until, last) * 31)}`);
  const holder = make("div", { class: "times" }, histogram(bars, share(from, 0), share(until, 1)));
  const input = (id, label, month) => make("input", { id, type: "range", min: first, max: last, step: 1, value: month, "aria-label": label, "aria-valuetext": dayWords(month * 31) });
  const [low, high] = [input("from", "From", from), input("until", "Until", until)];
  const moved = (event) => {
    let [a, b] = [Number(low.value), Number(high.value)];
    if (a > b) [a, b] = event.target === low ? [b, b] : [a, a];
    [low.value, high.value] = [a, b];
    state.days = a === first && b === last ? null : [a * 31, b * 31 + 30];
    value.textContent = `${dayWords(a * 31)} – ${dayWords(b * 31)}`;
    for (const [end, month] of [[low, a], [high, b]]) end.setAttribute("aria-valuetext", dayWords(month * 31));
    holder.firstElementChild.replaceWith(histogram(bars, share(a, 0), share(b, 1)));
    changed(false);
    say(crowdWords());
  };
  for (const end of [low, high]) end.addEventListener("input", moved);
  holder.append(low, high);
  return make("section", { class: "slide" }, make("h2", {}, "Time", value), holder);
}
