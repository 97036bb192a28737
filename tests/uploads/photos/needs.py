"""What tests of photos need: the optional packages, or a line that says how to get them."""

from __future__ import annotations

import os

import pytest

from nlu.uploads.photos import is_installed


def need_photos() -> None:
    """Skips the test where photos cannot be read; fails it where they must be."""
    if not is_installed():
        if os.environ.get("REQUIRE_PHOTOS"):
            pytest.fail("REQUIRE_PHOTOS is set but the packages for photos are missing")
        pytest.skip("the packages for photos are not installed; run: make photos")
