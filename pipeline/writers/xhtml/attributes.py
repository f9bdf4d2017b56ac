"""Attributes of elements, which are left out where they would be empty."""

from __future__ import annotations

from html import escape


def id_attribute(name: str) -> str:
    """Return the attribute that gives an element its id; nothing without a name."""
    return f' id="{escape(name)}"' if name else ""


def class_attribute(names: str) -> str:
    """Return the attribute that gives an element its classes; nothing without any."""
    return f' class="{escape(names)}"' if names else ""
