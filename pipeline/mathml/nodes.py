"""A draft's tokens as the nodes that latex2mathml converts, and its converter without the detours of general TeX.

latex2mathml asks of every token whether it is one of some hundred commands. A draft holds eight of them, so it is
walked here; and since a token alone always becomes the same element, it is converted once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.commands import BRACES, CONVERSION_MAP, ROOT, SQRT, SUBSCRIPT, SUBSUP, SUPERSCRIPT
from latex2mathml.converter import Converter
from latex2mathml.walker import Node

from pipeline.mathml.draft import ARRAY, FIRST_MARK
from pipeline.mathml.tree import UncertainError

_END: Final = "\\end{array}"
_TWO_ARGUMENTS: Final = {"\\frac": 1, "\\overset": -1, "\\underset": -1}
"""Commands of two arguments, and in which order the nodes hold them."""

_TAGS: Final = {name: CONVERSION_MAP[name][0] for name in (SUBSCRIPT, SUPERSCRIPT, SUBSUP, SQRT, ROOT, *_TWO_ARGUMENTS)}
"""Commands that become one element, which holds their arguments and nothing else."""

_LEAVES: Final[dict[str, tuple[str, str, dict[str, str]]]] = {}
"""What latex2mathml makes of a token that stands alone: tag, text and attributes."""


def convert_tokens(tokens: list[str]) -> Element:
    """Return a row of what latex2mathml makes of a draft's tokens.

    Raises:
        UncertainError: an argument or the end of a group is missing.
    """
    root = Element("mrow")
    try:
        nodes = _Walk([*tokens, ""]).group("")
    except IndexError:
        raise UncertainError("an argument is missing") from None
    _DraftConverter()._convert_group(nodes, root)  # noqa: SLF001 - the public entry takes text and guesses: "2in"
    return root


class _Walk:
    """Reads tokens in order; every method consumes what it returns."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.position = 0

    def group(self, end: str) -> list[Node]:
        """Return the nodes up to ``end``, scripts joined to what they belong to."""
        nodes: list[Node] = []
        while True:
            piece = self.tokens[self.position]
            self.position += 1
            if piece == end:
                return nodes
            if piece == SUBSCRIPT:
                nodes.append(Node(SUBSCRIPT, (nodes.pop() if nodes else Node(""), self.next())))
            elif piece == SUPERSCRIPT:
                nodes.append(self.superscript(nodes.pop() if nodes else Node("")))
            else:
                nodes.append(self.node(piece))

    def superscript(self, base: Node) -> Node:
        if base.token == SUBSCRIPT and base.children:
            return Node(SUBSUP, (*base.children, self.next()))
        return Node(SUPERSCRIPT, (base, self.next()))

    def next(self) -> Node:
        self.position += 1
        return self.node(self.tokens[self.position - 1])

    def node(self, piece: str) -> Node:
        if piece == "{":
            return Node(BRACES, tuple(self.group("}")))
        order = _TWO_ARGUMENTS.get(piece)
        if order:
            return Node(piece, (self.next(), self.next())[::order])
        if piece == SQRT:
            return self.root()
        if piece == ARRAY[0]:
            self.position += len(ARRAY) - 1
            return Node("\\array", tuple(self.group(_END)), alignment="")
        return Node(piece)

    def root(self) -> Node:
        if self.tokens[self.position] != "[":
            return Node(SQRT, (self.next(),))
        self.position += 1
        degree = self.group("]")
        return Node(ROOT, (self.next(), *degree))


class _DraftConverter(Converter):
    """latex2mathml's converter, short of what no draft holds."""

    def _convert_group(self, nodes: Iterable[Node], parent: Element, font: Any = None) -> None:  # noqa: ANN401, ARG002 - the signature of the base class; a draft has no fonts
        for node in nodes:
            if node.children is None:
                self.leaf(node.token, parent)
            elif node.token == BRACES:
                self._convert_group(node.children, SubElement(parent, "mrow"))
            elif node.token in _TAGS:
                self._convert_group(node.children, SubElement(parent, _TAGS[node.token]))
            else:
                self._convert_command(node, parent)

    def leaf(self, token: str, parent: Element) -> None:
        """Add the element of a token; a mark is one that only the clean-up looks at."""
        if len(token) == 1 and ord(token) >= FIRST_MARK:
            SubElement(parent, "mi").text = token
            return
        made = _LEAVES.get(token)
        if made is None:
            made = _LEAVES[token] = _convert_leaf(token)
        tag, text, attributes = made
        SubElement(parent, tag, attributes).text = text


def _convert_leaf(token: str) -> tuple[str, str, dict[str, str]]:
    row = Element("mrow")
    Converter()._convert_group([Node(token)], row)  # noqa: SLF001 - it has no public name
    (element,) = row
    return element.tag, element.text or "", element.attrib
