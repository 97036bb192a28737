"""The demo's page in a browser, and a bot behind it that answers everything alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
from playwright.async_api import Page

from bot.simulator.people import Person
from bot.simulator.world import World
from tests.browser import DESK, PHONE

CHEN, MARY, MANAGER, COLLEAGUE = 1001, 1002, 1003, 1004

WIDTHS = {"phone": PHONE, "desktop": DESK}


class EchoBot:
    """Repeats what it is told, with two buttons below; a press changes its message and shows a note."""

    def __init__(self, http: httpx.AsyncClient, base: str) -> None:
        self._http, self._base = http, base

    async def call(self, method: str, **values: Any) -> Any:
        return (await self._http.post(f"{self._base}/{method}", json=values)).json().get("result")

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20) or []:
                offset = update["update_id"] + 1
                await self._answer(update)

    async def _answer(self, update: dict[str, Any]) -> None:
        query, message = update.get("callback_query"), update.get("message")
        if query is not None:
            place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="noted")
            await self.call("editMessageText", text=f"you chose {query['data']}", **place)
        elif message is not None and message["chat"]["type"] == "private":
            buttons = [[{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]]
            words = message.get("text") or message.get("caption") or "a file"
            await self.call("sendChatAction", chat_id=message["chat"]["id"], action="typing")
            await self.call("sendMessage", chat_id=message["chat"]["id"], text=f"echo: {words}", reply_markup={"inline_keyboard": buttons})


@dataclass
class Demo:
    """The page at one width, and the simulator behind it."""

    world: World
    address: str
    page: Page
    bot: EchoBot
    troubles: list[str]

    @property
    def bubbles(self) -> Any:
        return self.page.locator("#messages .bubble .words")

    async def be(self, name: str) -> None:
        await self.page.get_by_role("navigation").get_by_role("button", name=name).click()

    async def write(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.locator("#text").press("Enter")

    async def open_topic(self, name: str) -> None:
        if await self.page.locator("#back").is_visible():
            await self.page.locator("#back").click()
        await self.page.locator("#chat-list").get_by_role("button", name=name).click()

    async def do(self, name: str) -> None:
        """Choose something from the menu of the chat."""
        await self.page.get_by_role("button", name="More", exact=True).click()
        await self.page.locator("#more-menu").get_by_role("button", name=name).click()

    def seen_by(self, number: int, chat: int | None = None) -> list[str]:
        return [seen.text for seen in Person(self.world, self.world.accounts[number]).sees(chat)]
