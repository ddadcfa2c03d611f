"""The graph as a page: ``to_view`` turns a network into plain data, ``render_page`` that into one HTML file."""

from __future__ import annotations

from kg.viewer.page import render_page, write_page
from kg.viewer.records import View
from kg.viewer.view import to_view

__all__ = ["View", "render_page", "to_view", "write_page"]
