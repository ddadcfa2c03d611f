"""Pictures for slides: rankings, timelines, lineages, careers and flows between laboratories, as SVG or PNG.

They are drawn by matplotlib, the optional extra ``plot``. Equal input gives equal bytes with one version of matplotlib.
"""

from __future__ import annotations

from kg.plots.charts import draw_ranking, draw_timeline
from kg.plots.descent import draw_lineage
from kg.plots.moves import draw_careers, draw_flows
from kg.plots.picture import picture_text, write_picture

__all__ = [
    "draw_careers",
    "draw_flows",
    "draw_lineage",
    "draw_ranking",
    "draw_timeline",
    "picture_text",
    "write_picture",
]
