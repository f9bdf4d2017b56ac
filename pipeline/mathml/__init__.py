"""TeX to MathML Core, behind one gate.

A formula carries its layout as classes, because browsers ignore the attributes that MathML once had for it; the style
sheet ``styles/math.css`` gives them their meaning, and a book without it is still readable. The classes:

- tables, on ``mtable``: ``m-matrix``, ``m-array``, ``m-smallmatrix``, ``m-cases``, ``m-aligned``, ``m-alignat``,
  ``m-gathered``, ``m-eqnarray``, ``m-multline``, ``m-diagram``; on ``mtd``: ``m-left``, ``m-right``; on ``mtr``:
  ``m-gap``
- lines, on ``mtr``, ``mtd`` and others: ``m-line-above``, ``m-line-below``, ``m-line-before``, ``m-line-after``, each
  also with ``-dashed``
- frames and strikes: ``m-box``, ``m-dashed``, ``m-round``, ``m-circle``, ``m-cancel``, ``m-bcancel``, ``m-xcancel``,
  ``m-strike``, ``m-vstrike``; a black rule: ``m-rule``; overlaps: ``m-llap``, ``m-clap``;
  the arrow of a vector: ``m-vec``
- styles: ``m-display``, ``m-text``, ``m-script``, ``m-scriptscript``; sizes: ``m-tiny``, ``m-scriptsize``, ``m-small``,
  ``m-normalsize``, ``m-large``, ``m-larger``, ``m-largest``, ``m-huge``, ``m-hugest``
- prose, on ``mtext``: ``m-bold``, ``m-italic``, ``m-sans``, ``m-mono``
- colours: ``mc-NAME`` for what is printed and ``mc-on-NAME`` for its ground, NAME from ``pipeline.tex.colours.PALETTE``
"""
