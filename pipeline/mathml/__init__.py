"""TeX to MathML Core, by several converters behind one gate."""
