"""Proof that nothing was lost: text, formulas, figures and flags are read back from what was made, and compared."""
