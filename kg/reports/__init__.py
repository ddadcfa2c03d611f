"""Answers as people and programs read them: trees, tables, drawings, JSON, Markdown. Values in, text out."""
