"""Military aid announced around the Ukraine Defense Contact Group: what is new, what is counted twice, who says so."""

__version__ = "0.5.0"
