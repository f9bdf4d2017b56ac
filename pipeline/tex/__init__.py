"""What is known of TeX itself, whatever it becomes: tokens, formulas in running text, macros, numbers, the gate."""
