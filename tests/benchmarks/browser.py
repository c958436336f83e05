"""The browser that nbconvert's webpdf prints with: the system's Chromium, driven by playwright."""

import shutil
from importlib.util import find_spec

NAMES = ("chromium", "chromium-browser", "google-chrome")

# webpdf starts whatever browser playwright has downloaded and has no option for another; its configuration file is Python,
# so it gives playwright's launch the system's browser. Without one, nbconvert would have nothing to print with.
CONFIG = """
from functools import partialmethod
from playwright.async_api import BrowserType
BrowserType.launch = partialmethod(BrowserType.launch, executable_path={browser!r})
"""


def found() -> str:
    """Return the path of the system's Chromium, or nothing where it or playwright is missing."""
    if find_spec("playwright") is None:
        return ""
    return next((path for name in NAMES if (path := shutil.which(name))), "")
