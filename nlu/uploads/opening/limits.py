"""How much a file may hold. What is larger is no firm's statement, and opening it could take more than there is.

Every limit is checked on the bytes before a library opens the file.
"""

from __future__ import annotations

#: Bytes of a file.
LARGEST_FILE = 20 * 1024 * 1024
#: Entries of a package, and bytes of all of them unpacked.
MOST_ENTRIES, MOST_UNPACKED = 200, 100 * 1024 * 1024
#: A part this large in bytes, and this many times larger than packed, is made to fill the memory. Long real tables reach 50.
BOMB_FROM, BOMB_RATIO = 20 * 1024 * 1024, 200
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 50_000, 256, 50
#: Cells of all sheets together.
MOST_CELLS = 3_000_000
MOST_PAGES, MOST_PIXELS = 50, 50_000_000
#: Characters of all pages, some ten times as many as a dense statement of 50 pages has.
MOST_CHARACTERS = 1_000_000
#: Rows of a photo that are cut out for its owner, and pixels of each: as wide as a phone's screen shows.
MOST_STRIPS, STRIP_WIDTH, STRIP_HEIGHT = 40, 1000, 160
#: Characters in one line of a text table: each of the columns could hold 400.
LONGEST_LINE = 100_000
