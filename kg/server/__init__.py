"""The graph over HTTP, read-only: a SPARQL endpoint, the page of the graph, a query editor, and a description.

The front (``app``, ``front``) speaks HTTP and never opens the store. Questions go to worker processes (``pool``), each
of which answers one at a time (``worker``) within its time and memory; a small process forks them (``nursery``), so
that a query which ends the engine ends one worker and is seen by nobody else.
"""
