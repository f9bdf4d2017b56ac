"""Everything that pandoc reads, as documents: one sandboxed process for many posts, its JSON turned into our nodes."""
