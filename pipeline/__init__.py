"""From a plain-text dump of a mathematics blog to a book: EPUB 3, PDF and one HTML page.

``build.py`` is the chain, readable top to bottom; ``docs/architecture.md`` is the map of the rooms.
"""

__version__ = "0.1.0"
