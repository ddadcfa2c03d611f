"""The graph as a page: ``to_view`` turns a network into plain data, ``render_page`` that into one HTML file."""

from __future__ import annotations

from kg.viewer.page import render_page, write_page
from kg.viewer.part import surroundings
from kg.viewer.records import View
from kg.viewer.show import notebook_html, triples_page
from kg.viewer.view import to_view

__all__ = ["View", "notebook_html", "render_page", "surroundings", "to_view", "triples_page", "write_page"]
