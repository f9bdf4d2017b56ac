"""Running XeLaTeX on the book: trial of the formulas, the engine, its log, and the finished file."""
