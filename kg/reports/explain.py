"""A query taken apart, as a tree for people."""

from __future__ import annotations

from kg.answers import Explanation
from kg.reports.values import Paint, plain

__all__ = ["render_explanation"]


def render_explanation(found: Explanation, *, paint: Paint = plain) -> str:
    """Write the steps of a query as a tree, each pattern with its number of matches, the largest marked.

    >>> from kg.answers import Step
    >>> steps = (Step(depth=0, text="match"), Step(depth=1, text="?m a kg:Model", matches=47))
    >>> print(render_explanation(Explanation(steps=steps, rows=47, seconds=0.0021, counted_to=1000)), end="")
    match
      ?m a kg:Model  47 ← most
    <BLANKLINE>
    47 rows in 2.1 ms. A number is what its pattern matches alone; Oxigraph, which answered, orders the joins itself.
    """
    width = max((2 * step.depth + len(step.text) for step in found.steps if step.matches is not None), default=0)
    most = max((step.matches for step in found.steps if step.matches is not None), default=0)
    digits = len(f"{most:,}") + (most >= found.counted_to)
    lines, marked = [], False
    for step in found.steps:
        line = "  " * step.depth + step.text
        if step.matches is not None:
            count = f"{step.matches:,}{'+' if step.matches >= found.counted_to else ''}".rjust(digits)
            mark = paint("mark", " ← most") if step.matches == most and not marked else ""
            marked = marked or bool(mark)
            line = f"{line:{width}}  {paint('label', count)}{mark}"
        lines.append(line)
    rows = f"{found.rows:,} row{'s' if found.rows != 1 else ''}"
    told = "A number is what its pattern matches alone; Oxigraph, which answered, orders the joins itself."
    return "\n".join([*lines, "", f"{rows} in {1000 * found.seconds:.1f} ms. {told}"]) + "\n"
