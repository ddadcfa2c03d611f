"""Claims from the text of papers, by rules about the language; see :mod:`kg.extract.pipeline`."""

from kg.extract.pipeline import extract_claims

__all__ = ["extract_claims"]
