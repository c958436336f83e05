"""Military aid announced around the Ukraine Defense Contact Group: what is new, what is counted twice, who says so."""

from importlib.metadata import version

__version__ = version("udcg")
