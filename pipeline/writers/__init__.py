"""From a resolved book to the files one reads."""
