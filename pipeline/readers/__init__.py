"""From a decoded source to posts. A reader is ``Callable[[SourceText, Reporter], tuple[Post, ...]]``."""
