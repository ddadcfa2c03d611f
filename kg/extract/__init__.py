"""Names and claims from the text of papers, by rules about the language; see :mod:`kg.extract.pipeline`."""

from kg.extract.pipeline import extract, extract_claims

__all__ = ["extract", "extract_claims"]
