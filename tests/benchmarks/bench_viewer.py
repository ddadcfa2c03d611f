"""The page with a hundred thousand things: how long it takes to write, to open, to move, to search, and what it holds.

Frames are measured in a headless Chromium without a GPU while the picture is dragged and zoomed by real input events;
a frame is the time between two animation frames. Run it alone: it wants both cores.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from kg.ids import ID
from kg.viewer import render_page, to_view, write_page

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--window-size=1280,800", "--enable-precise-memory-info", "--js-flags=--expose-gc")  # fmt: skip
SIZES = {"seventeen papers": 17, "100,000 things": 30_000}
SYLLABLES = (
    "mis tral lla ma gem ini fal con qwen phi or ca vi cu na bloom pythia olmo stel lar nova sol ar is zep hyr".split()
)


def synthetic(papers: int, seed: int = 7) -> nx.MultiDiGraph[str]:
    """Make a graph in the shape of a real one: a paper has 1.5 authors of its own, 0.7 models and seven claims."""
    dice = random.Random(seed)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def name() -> str:
        return "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()

    def add(kind: str, number: int, label: str, **data: Any) -> str:
        iri = f"{ID}{kind.lower()}/{number}"
        network.add_node(
            iri, **{"type": kind, "label": label, "date": "", "family": "", "lab": "", "facts": {}, **data}
        )
        return iri

    def link(subject: str, key: str, target: str, paper: str = "", basis: str = "extracted") -> None:
        quote = f"{network.nodes[subject]['label']} {key}, by far, {network.nodes[target]['label']}."
        sentence = {
            "quote": quote,
            "paper": paper,
            "title": "",
            "date": "",
            "start": 0,
            "end": len(quote),
            "rule": "comparison.win",
            "confidence": round(dice.uniform(0.5, 1), 3),
        }
        data = {
            "basis": basis,
            "confidence": sentence["confidence"],
            "evidence": [sentence] if paper else [],
            "sources": [],
            "note": "",
        }
        network.add_edge(subject, target, key=key, **data)

    labs = [add("Organization", i, f"{name()} Labs") for i in range(max(4, papers // 60))]
    families = [add("ModelFamily", i, name()) for i in range(max(5, papers // 18))]
    benchmarks = [add("Benchmark", i, f"{name()}Eval") for i in range(max(3, papers // 150))]
    people = [add("Person", i, f"{name()} {name()}") for i in range(int(papers * 2.2))]
    at_home = {person: dice.randrange(len(labs)) for person in people}
    by_lab: dict[int, list[str]] = {}
    for person, lab in at_home.items():
        by_lab.setdefault(lab, []).append(person)
    models: list[str] = []
    for i in range(papers):
        day = f"{2017 + int(9 * (i / papers) ** 0.7)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        lab = min(int(dice.expovariate(4 / len(labs))), len(labs) - 1)
        paper = add(
            "Paper",
            i,
            f"{name()}: on the {name().lower()} of language models",
            date=day,
            lab=network.nodes[labs[lab]]["label"],
        )
        link(paper, "producedBy", labs[lab], basis="curated")
        own = by_lab.get(lab) or people
        for author in {dice.choice(own if dice.random() < 0.9 else people) for _ in range(dice.randint(2, 4))}:
            link(paper, "creator", author, basis="listed")
        if dice.random() < 0.72:
            family = families[min(int(dice.expovariate(5 / len(families))), len(families) - 1)]
            label = f"{network.nodes[family]['label']} {dice.randint(1, 99)}B"
            model = add(
                "Model",
                i,
                label,
                date=day,
                family=network.nodes[family]["label"],
                lab=network.nodes[labs[lab]]["label"],
                facts={"parameterCount": [str(dice.randint(1, 99) * 10**9)]},
            )
            link(paper, "introduces", model, paper)
            link(model, "inFamily", family, basis="inferred")
            if models:
                link(
                    model,
                    dice.choice(["fineTunedFrom", "variantOf", "basedOnArchitecture"]),
                    dice.choice(models[-400:]),
                    paper,
                )
                link(model, "outperforms", dice.choice(models[-400:]), paper)
            if dice.random() < 0.5:
                link(model, "evaluatedOn", dice.choice(benchmarks), paper)
            models.append(model)
    network.remove_nodes_from(list(nx.isolates(network)))
    return network


def browser(folder: Path) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_script_timeout(30)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    return driver


#: Notes every frame, and when the picture first has more than its ground on it.
WATCH = """
  window.frames_ = []; window.painted = 0;
  const tick = (now) => {
    frames_.push(now);
    if (!painted && document.documentElement?.dataset.painted === "yes") painted = performance.now();
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
"""
FRAMES = """
  const steps = frames_.slice(1).map((now, i) => now - frames_[i]).sort((a, b) => a - b);
  const at = (share) => steps[Math.min(steps.length - 1, Math.floor(steps.length * share))];
  return {median: at(0.5), p95: at(0.95), worst: steps.at(-1), count: steps.length};
"""


def mouse(driver: webdriver.Chrome, kind: str, x: float, y: float, **more: Any) -> None:
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **more})


def pan(driver: webdriver.Chrome) -> None:
    mouse(driver, "mousePressed", 760, 420, button="left", clickCount=1)
    for i in range(150):
        mouse(
            driver,
            "mouseMoved",
            760 + 180 * ((i % 40) / 20 - 1) * (1 if i // 40 % 2 else -1),
            420 + i % 30,
            button="left",
            buttons=1,
        )
        time.sleep(0.012)
    mouse(driver, "mouseReleased", 760, 420, button="left", clickCount=1)


def zoom(driver: webdriver.Chrome) -> None:
    for i in range(120):
        mouse(driver, "mouseWheel", 760, 420, deltaX=0, deltaY=-120 if i < 60 else 120)
        time.sleep(0.016)


def frames(driver: webdriver.Chrome, act: Any) -> dict[str, float]:
    driver.execute_script("frames_.length = 0")
    act(driver)
    return dict(driver.execute_script(FRAMES))


def search(driver: webdriver.Chrome, text: str) -> list[float]:
    """Type a text; return for each key how long the page worked on it, in milliseconds."""
    script = """
      const field = document.getElementById("search"); field.focus(); field.value = arguments[0];
      const begin = performance.now();
      field.dispatchEvent(new InputEvent("input", {bubbles: true}));
      return performance.now() - begin;
    """
    return [float(driver.execute_script(script, text[:end])) for end in range(1, len(text) + 1)]


def made(papers: int, page: Path) -> None:
    """Write the page of a synthetic graph."""
    network = synthetic(papers)
    begin = time.perf_counter()
    view = to_view(network)
    laid_out = time.perf_counter()
    write_page(page, render_page(view, title="Synthetic"))
    written = time.perf_counter()
    print(
        f"  {len(view['nodes']):,} things, {len(view['edges']):,} statements: laid out in {laid_out - begin:.1f} s, "
        f"written in {written - laid_out:.1f} s, {page.stat().st_size / 1e6:.1f} MB",
        flush=True,
    )


def measure(page: Path, folder: Path) -> None:
    """Open each view of a page, move it, search it."""
    driver = browser(folder)
    try:
        for view in ("lineage", "people", "compare", "everything"):
            driver.get("about:blank")
            driver.get(f"{page.as_uri()}#view={view}")
            deadline = time.monotonic() + 60
            while not (painted := driver.execute_script("return window.painted")):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no picture of {view} in a minute")
                time.sleep(0.05)
            entry = "performance.getEntriesByType('navigation')[0]"
            load = driver.execute_script(f"return {entry}.domInteractive")
            time.sleep(2)
            moved = {name: frames(driver, act) for name, act in (("pan", pan), ("zoom", zoom))}
            keys = sorted(search(driver, "mistral") + search(driver, "zzxq"))
            heap = driver.execute_script("if (window.gc) gc(); return performance.memory.usedJSHeapSize / 1e6")
            told = "; ".join(
                f"{name} p95 {f['p95']:.0f} ms (median {f['median']:.0f}, worst {f['worst']:.0f})"
                for name, f in moved.items()
            )
            print(
                f"  {view:10} first picture {painted / 1000:.2f} s after opening, {(painted - load) / 1000:.2f} s "
                f"after it was read; {told}; a search key {keys[-1]:.1f} ms at most; heap {heap:.0f} MB",
                flush=True,
            )
    finally:
        driver.quit()


def main() -> None:
    """Measure the sizes given as numbers of papers, or the two usual ones; or a page that is there already."""
    if len(sys.argv) > 1 and sys.argv[1].endswith(".html"):
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(sys.argv[1]).resolve(), Path(folder))
        return
    for name, papers in {f"{n} papers": int(n) for n in sys.argv[1:]}.items() or SIZES.items():
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "graph.html"
            made(papers, page)
            measure(page, Path(folder))


if __name__ == "__main__":
    main()
