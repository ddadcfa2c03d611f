"""One file a family of relations; each gives claims as written, with the sentence that states them."""
