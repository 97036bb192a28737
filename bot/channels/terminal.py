"""The conversation in a terminal, for a person at a keyboard or for lines from a pipe.

Buttons are shown numbered; `#2` presses the second one on the screen, so that a plain figure is always a figure. A line that is the
path of a file, typed or dragged in, sends the file; so does `/file PATH`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.control import Control
from rich.padding import Padding
from rich.segment import ControlType
from rich.text import Text

from bot.channels.paths import dropped, named, take
from bot.channels.progress import DelayedProgress
from bot.conversation.heard import Heard
from bot.conversation.model import Attachment, Button, Reply
from bot.conversation.rating.sheet import Paper, sheet_to_json
from bot.conversation.texts import say
from bot.pictures.chart import picture_png
from bot.pictures.rating import rating_drawn
from bot.reminders import say_due
from bot.service import Advisor
from bot.uploads.ports import Progress, Upload

OWNER = "terminal:me"
_LEAVING = frozenset({"/quit", "/exit", "/bye", "退出"})
_HINT = {
    "zh": "直接打字就行；#1 表示点第 1 个按钮；把文件拖进来就是发送；输入 /quit 或按 Ctrl-D 离开。",
    "en": "Just type. #1 presses the first button; drag a file in to send it; /quit or Ctrl-D leaves.",
}
_NO_FILE = {"zh": "没有找到这个文件：{name}", "en": "There is no such file: {name}"}
_FILE = "/file "


class Terminal:
    """One conversation on a terminal or a pipe."""

    def __init__(self, advisor: Advisor, folder: Path, language: str) -> None:
        self._advisor = advisor
        self._folder = folder
        self._language = language
        self._buttons: tuple[Button, ...] = ()
        self._console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())

    async def run(self, lines: AsyncIterator[str] | None) -> None:
        """Talk until the input ends: lines from a pipe, or a person at the keyboard when there are none."""
        self._console.print(_HINT[self._language], style="dim")
        await self._say(Heard(text="/start"))
        for reply in await asyncio.to_thread(say_due, self._advisor, OWNER):
            self._show(reply)
        if lines is None:
            await self._interactive()
        else:
            await self._piped(lines)

    async def _interactive(self) -> None:
        session: PromptSession[str] = PromptSession("您 > " if self._language == "zh" else "you > ", history=InMemoryHistory())
        while True:
            try:
                with patch_stdout(raw=True):
                    line = await session.prompt_async()
            except (EOFError, KeyboardInterrupt):
                return
            if not await self._take(line):
                return

    async def _piped(self, lines: AsyncIterator[str]) -> None:
        async for line in lines:
            self._console.print(Text(f"您 > {line.rstrip()}" if self._language == "zh" else f"you > {line.rstrip()}", style="bold"))
            if not await self._take(line):
                return

    async def _take(self, line: str) -> bool:
        """Answer one line; False when the owner wants to leave."""
        words = line.strip()
        if words in _LEAVING:
            return False
        number = words[1:] if words.startswith("#") else ""
        if number.isascii() and number.isdigit() and 0 < int(number) <= len(self._buttons):
            await self._say(Heard(press=self._buttons[int(number) - 1].id))
        elif words.startswith(_FILE):
            await self._send(named(words.removeprefix(_FILE)))
        elif files := dropped(line):
            await self._send(*files)
        elif words:
            await self._say(Heard(text=line.rstrip("\n")))
        return True

    async def _send(self, *paths: Path) -> None:
        """Files named on one line are one set."""
        taken = []
        for path in paths:
            try:
                taken.append(await asyncio.to_thread(take, path))
            except FileNotFoundError:
                self._console.print()
                self._print(_NO_FILE[self._language].format(name=path), style="yellow")
        if taken:
            await self._say(*taken)

    async def _say(self, *done: Heard | tuple[Heard, Upload | None]) -> None:
        """Hear what was done, or files that came together, and show the answer."""
        async with OneLine(self._console) as progress:
            heard = [await self._read(one, progress) if isinstance(one, tuple) else one for one in done]
            outcome = await self._advisor.hear(OWNER, replace(heard[0], more=tuple(heard[1:])), language=self._language)
        self._language = outcome.dialogue.language
        if outcome.replies:  # what was passed on without a word leaves the screen as it is
            self._buttons = ()
        for reply in outcome.replies:
            self._show(reply)
            if reply.card is not None:
                drawn = Attachment(reply.card.file_name, await asyncio.to_thread(picture_png, reply.card))
                self._print(str(self._save(drawn)), style="green")
            if reply.paper is not None:
                await self._hand_over(reply.paper)

    async def _hand_over(self, paper: Paper) -> None:
        async with OneLine(self._console) as progress:
            await progress.tell(say("rating_drawing", self._language))
            content = await asyncio.to_thread(rating_drawn, sheet_to_json(paper.sheet), paper.form)
        self._print(str(self._save(Attachment(paper.file_name, content))), style="green")

    async def _read(self, taken: tuple[Heard, Upload | None], progress: Progress) -> Heard:
        heard, upload = taken
        return heard if upload is None else await self._advisor.read(OWNER, heard, upload, language=self._language, progress=progress)

    def _show(self, reply: Reply) -> None:
        self._console.print()
        self._print(reply.text)
        if reply.buttons:
            start = len(self._buttons)
            self._buttons = (*self._buttons, *reply.buttons)
            labels = [f"#{start + rank}\u00a0{_unbroken(button.label)}" for rank, button in enumerate(reply.buttons, 1)]
            self._print("   ".join(labels), style="cyan")
        for attachment in reply.files:
            self._print(str(self._save(attachment)), style="green")

    def _print(self, text: str, style: str = "") -> None:
        """Indented text, wrapped to the window when there is one."""
        if self._console.is_terminal:
            for line in text.split("\n"):
                indent = 2 + len(line) - len(line.lstrip())
                self._console.print(Padding(Text(line.strip(), style=style, overflow="fold"), (0, 0, 0, indent)))
        else:
            self._console.print(Text("\n".join(f"  {line}".rstrip() for line in text.split("\n")), style=style))

    def _save(self, attachment: Attachment) -> Path:
        """Put a file where the owner can find it, readable by the owner alone."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / Path(attachment.name).name
        path.touch(mode=0o600)
        path.write_bytes(attachment.content)
        return path


class OneLine(DelayedProgress):
    """Progress on one line of the screen that is written over and wiped in the end; nothing where no person watches."""

    def __init__(self, console: Console, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        super().__init__(sleep)
        self._console = console

    async def _show(self, text: str) -> None:
        if self._console.is_terminal:
            line = Text(text, style="dim", no_wrap=True)
            line.truncate(self._console.width - 1, overflow="ellipsis")
            self._console.control(Control((ControlType.CARRIAGE_RETURN,), (ControlType.ERASE_IN_LINE, 2)))
            self._console.print(line, end="")

    async def _end(self, failed: bool) -> None:  # noqa: ARG002 - what became of it is said by the answer
        if self._console.is_terminal:
            self._console.control(Control((ControlType.CARRIAGE_RETURN,), (ControlType.ERASE_IN_LINE, 2)))


def _unbroken(label: str) -> str:
    """A label that stays on one line."""
    return label.replace(" ", "\u00a0")
