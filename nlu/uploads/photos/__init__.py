"""Photos and scanned pages: letters recognised, put into tables, and believed only where sums vouch for them.

Needs the optional packages of the extra `photos`, which `make photos` installs.
"""

from __future__ import annotations

from importlib.util import find_spec

from nlu.uploads.kinds import Kind

#: Kinds of file that are only seen.
PHOTOS = frozenset({Kind.PNG, Kind.JPEG, Kind.HEIC})


def is_installed() -> bool:
    """Whether the optional packages are there."""
    return all(find_spec(name) is not None for name in ("cv2", "onnxruntime", "rapidocr"))
