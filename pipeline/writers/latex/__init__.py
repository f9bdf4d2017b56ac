"""The book as LaTeX: a pure function from a resolved book to text."""
