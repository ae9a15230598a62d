"""On Record: who says what, and which numbers, by source, in a folder of news articles."""

__version__ = "0.1.0"
