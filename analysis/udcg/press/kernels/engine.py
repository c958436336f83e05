"""Stand-in."""


class ForkedEngine:
    """Stand-in."""
