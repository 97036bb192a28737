"""What is said to the owner of a file that cannot be read: why, and what to do instead."""

from __future__ import annotations

from nlu.uploads.document import Sentence
from nlu.uploads.kinds import Kind

LOCKED = Sentence(
    "这份文件设了密码，我打不开。请去掉密码后再发给我。",
    "This file has a password, so I cannot open it. Please remove the password and send it again.",
)
BROKEN = Sentence(
    "这份文件不完整或已损坏，读不出来。请重新导出或另存一份再发给我。",
    "This file is damaged or not all there, so I cannot read it. Please export or save it again and send the new copy.",
)
EMPTY = Sentence("这份文件是空的。请看看是不是发错了文件。", "This file is empty. Please check whether it is the right one.")
OTHER = Sentence(
    "这种文件我不认识。请发 Excel、CSV 或 PDF 文件，或者清楚的照片。",
    "I do not know this kind of file. Please send an Excel, CSV or PDF file, or a clear photo.",
)
WORD = Sentence(
    "这是 Word 文档，里面的数字我读不准。请发原来的表格或导出的 PDF。",
    "This is a Word document, and I could misread the figures in it. Please send the original spreadsheet or a PDF of it.",
)
PACKED = Sentence(
    "这是压缩包。请先解压，再把里面的文件直接发给我。",
    "This is an archive. Please unpack it and send me the files in it.",
)
PACKED_AND_LOCKED = Sentence(
    "这个压缩包设了密码。请用密码解压后，把里面的文件直接发给我。",
    "This archive has a password. Please unpack it with the password and send me the files in it.",
)
OPEN_DOCUMENT = Sentence(
    "这种表格格式我读不了。请另存为 Excel（xlsx）再发给我。",
    "I cannot read this spreadsheet format. Please save it as Excel (xlsx) and send it again.",
)
UNSAFE = Sentence(
    "这份文件里有指向别处的引用，为安全起见我没有打开。请另存为普通的 Excel 或 PDF 再发给我。",
    "This file refers to things outside of it, so to be safe I did not open it. Please save it as a plain Excel or PDF file and send that.",
)
UNCALCULATED = Sentence(
    "表里有公式还没算出结果。请用 Excel 或 WPS 打开，保存一次，再发给我。",
    "Some formulas in this sheet have no result yet. Please open it in Excel or WPS, save it, and send it again.",
)
NO_CELLS = Sentence(
    "这份文件里没有读到任何内容。请看看是不是发错了文件。",
    "I found nothing written in this file. Please check whether it is the right one.",
)
ONLY_PICTURES = Sentence(
    "这份 PDF 是扫描件，这里还不能看图片里的数字。请发导出的原文件，或者直接把主要数字打给我。",
    "This PDF is a scan, and pictures cannot be read here yet. Please send the file it was exported from, or just type the key figures.",
)
NO_TEXT = Sentence(
    "照片里没看清表格上的字。请把纸铺平，对准、拍满整张，再拍一张发给我。",
    "I could not make out any writing in this picture. Please lay the page flat, fill the frame with it, and take the photo again.",
)
TOO_SMALL = Sentence(
    "照片里的字太小，数字会看错。请靠近一些，让表格占满画面再拍，或者用“文件”方式发原图。",
    "The writing in this photo is too small to be sure of. Please take it from closer, or send it as a file, which keeps its full size.",
)
BLURRED = Sentence(
    "照片有点糊，数字会看错。请拿稳手机，点一下表格对焦，再拍一张发给我。",
    "This photo is blurred, so I could misread the figures. Please hold the phone still, tap on the table to focus, and take it again.",
)
TOO_DARK = Sentence(
    "照片太暗，数字会看错。请在亮一点的地方，避开影子，再拍一张发给我。",
    "This photo is too dark to trust the figures. Please take it again in better light and without shadows.",
)
TOO_MANY_TEXTS = Sentence(
    "照片里的字太多，一次看不完。请分成几张拍，每张拍一部分，再发给我。",
    "There is too much writing in this picture to read at once. Please take several photos, a part of the page each, and send those.",
)
TOO_MANY_SCANS = Sentence(
    "这份扫描件超过 5 页。请只发报表的那几页，或者发导出的原文件。",
    "This scan has more than 5 pages. Please send only the pages with the statements, or the file it was exported from.",
)
PICTURE = Sentence(
    "这里还不能看照片里的数字。请发原来的表格或 PDF，或者直接把主要数字打给我。",
    "Figures in photos cannot be read here yet. Please send the original spreadsheet or PDF, or just type the key figures.",
)
TOO_BIG = Sentence(
    "这份文件超过 20 MB。请只导出需要的部分再发给我。", "This file is over 20 MB. Please export only the part that is needed and send that."
)
UNPACKS_TOO_LARGE = Sentence(
    "这份文件展开后太大，我没有打开。请只保留需要的表，另存后再发给我。",
    "This file becomes too large when it is opened, so I left it closed. Please keep only the sheets that are needed and send those.",
)
TOO_MANY_PARTS = Sentence(
    "这份文件里的部件太多，我没有打开。请把需要的表另存为一份新文件再发给我。",
    "This file has too many parts, so I left it closed. Please save the sheets that are needed to a new file and send that.",
)
TOO_MANY_SHEETS = Sentence(
    "这份文件超过 50 张表。请只保留需要的表再发给我。",
    "This file has more than 50 sheets. Please keep only those that are needed and send it again.",
)
TOO_MANY_ROWS = Sentence(
    "这张表超过 5 万行。请缩短导出的时间范围，再发给我。",
    "This table has more than 50,000 rows. Please export a shorter time and send that.",
)
TOO_MANY_COLUMNS = Sentence(
    "这张表超过 256 列。请只保留需要的列再发给我。",
    "This table has more than 256 columns. Please keep only those that are needed and send it again.",
)
TOO_MANY_PAGES = Sentence(
    "这份文件超过 50 页。请只导出需要的那几页再发给我。",
    "This file has more than 50 pages. Please export only those that are needed and send them.",
)
TOO_MANY_PIXELS = Sentence(
    "这张图片超过 5000 万像素。请缩小一些，或重新拍一张再发给我。",
    "This picture has more than 50 million pixels. Please make it smaller or take a new one, and send that.",
)
TOO_LONG_LINE = Sentence(
    "这份文件里有一行特别长，不像表格。请重新导出再发给我。",
    "One line of this file is so long that it cannot be a table. Please export it again and send the new copy.",
)
TOO_MUCH_WORK = Sentence(
    "这份文件太复杂，我没能读完。请只导出需要的部分，或另存为普通的 Excel 再发给我。",
    "This file is too complex for me to read to the end. Please export only the part that is needed, or save it as a plain Excel file.",
)
FAILED = Sentence(
    "读这份文件时出了问题。请重新导出或另存一份再发给我，也可以直接把主要数字打给我。",
    "Something went wrong while I read this file. Please export or save it again and send the new copy, or just type the key figures.",
)
MISSING = Sentence("没有找到这个文件。", "There is no such file.")
FOLDER = Sentence("这是文件夹，请给出里面的文件。", "This is a folder; please name the files in it.")
NO_FILE = Sentence("这不是普通文件，读不了。", "This is no regular file, so it cannot be read.")
NOT_ALLOWED = Sentence("没有权限读这个文件。", "This file may not be read.")
#: Kinds of which nothing can be opened.
UNOPENED = {
    Kind.LOCKED: LOCKED,
    Kind.BROKEN: BROKEN,
    Kind.EMPTY: EMPTY,
    Kind.OTHER: OTHER,
    Kind.WORD: WORD,
}
