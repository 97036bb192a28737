"""Topics that get lost, closed or moved: what waits for them still arrives."""

from __future__ import annotations

from bot.channels.telegram.desk.wording import staff_text
from bot.storage.desk.cases import case_of
from bot.storage.desk.people import bank_of
from bot.storage.desk.topics import topic_of
from tests.telegram.desk_room import (
    case_for,
    desk_of,
    owner_of,
    room_in,
    room_of,
    texts_in,
    thread_of,
    told,
    until,
)
from tests.telegram.desk_scene import Scene, settled, topic


async def test_a_deleted_topic_is_made_anew_with_what_waited_and_a_line_that_says_so(scene: Scene) -> None:
    case, thread = await topic(scene)
    scene.owner.write("第一句")
    await settled(scene)
    scene.room.group.delete_topic(scene.room.group.chat.topics[thread])
    scene.owner.write("第二句")
    await until(lambda: _thread(scene, case) not in (None, thread))
    await settled(scene)
    anew = texts_in(scene.room, _thread(scene, case))
    assert anew[1:] == ["原来的话题不见了，这是新的，接着在这里办。最近说过：\n💬 客户：第一句", "💬 客户：第二句"]
    assert texts_in(scene.room, None) == []


async def test_what_lands_in_general_is_taken_back(scene: Scene) -> None:
    case, thread = await topic(scene)
    scene.room.group.delete_topic(scene.room.group.chat.topics[thread])
    scene.world.faults.astray(method="sendMessage", chat_id=scene.room.group.id)
    scene.owner.write("只给客服看")
    await until(lambda: _thread(scene, case) not in (None, thread))
    await settled(scene)
    assert texts_in(scene.room, None) == []
    assert texts_in(scene.room, _thread(scene, case))[-1] == "💬 客户：只给客服看"


async def test_a_topic_that_is_lost_again_and_again_is_told_of_in_the_group(scene: Scene) -> None:
    case, thread = await topic(scene)
    scene.room.group.delete_topic(scene.room.group.chat.topics[thread])
    scene.world.faults.fail(400, "Bad Request: message thread not found", times=2, method="sendMessage", chat_id=scene.room.group.id)
    scene.owner.write("在吗")
    await settled(scene)
    assert texts_in(scene.room, None) == [staff_text("lost_again", "zh", number=case)]
    scene.owner.write("喂")
    await settled(scene)
    assert texts_in(scene.room, _thread(scene, case))[-1] == "💬 客户：在吗\n\n💬 客户：喂"


async def test_a_topic_closed_by_hand_says_that_its_owner_waits_and_opens_for_the_next_word(scene: Scene) -> None:
    case, thread = await topic(scene)
    scene.room.group.close_topic(scene.room.group.chat.topics[thread])
    await settled(scene)
    assert texts_in(scene.room, thread)[-1] == staff_text("still_open", "zh", number=case)
    scene.owner.write("还在等")
    await settled(scene)
    assert not scene.room.group.chat.topics[thread].closed
    assert texts_in(scene.room, thread)[-1] == "💬 客户：还在等"


async def test_a_group_without_topics_is_told_what_to_change_and_catches_up(scene: Scene) -> None:
    scene.room.group.chat.is_forum = False
    case = case_for(scene.store, scene.owner, scene.room)
    await settled(scene)
    assert texts_in(scene.room, None) == [staff_text("no_rights", "zh")]
    scene.room.group.chat.is_forum = True
    scene.room.group.add_bot()
    await until(lambda: thread_of(scene.store, case) is not None)
    await settled(scene)
    assert "想找人问问" in texts_in(scene.room, thread_of(scene.store, case))[0]


async def test_a_group_that_became_a_supergroup_keeps_its_cases(scene: Scene) -> None:
    plain = room_of(scene.world, scene.store, "len-abc", "农业银行", forum=False)
    group = scene.world.group("客服", plain.manager, supergroup=False)
    group.add(plain.colleague)
    group.add_bot()
    plain = room_in(scene.store, plain, group)
    owner = owner_of(scene.world, scene.store, "Mary")
    new = plain.group.migrate()
    new.chat.is_forum = True
    new.add_bot()
    case = case_for(scene.store, owner, plain)
    await until(lambda: thread_of(scene.store, case) is not None)
    await settled(scene)
    assert "想找人问问" in [seen.text for seen in plain.manager.sees(new.id, thread_of(scene.store, case))][1]
    with scene.store.begin() as connection:
        bank = bank_of(connection, "len-abc")
    assert bank is not None
    assert bank.group_chat == new.id
    plain.manager.write("您好", chat=new.id, thread=thread_of(scene.store, case))
    await settled(scene)
    assert told(owner) == ["农业银行 农业银行甲：\n您好"]


async def test_an_answer_that_does_not_reach_its_owner_is_told_of_in_the_topic(scene: Scene) -> None:
    _, thread = await topic(scene)
    scene.world.faults.forbid(method="sendMessage", chat_id=scene.owner.id)
    scene.room.manager.write("您好", chat=scene.room.group.id, thread=thread)
    await settled(scene)
    assert texts_in(scene.room, thread)[-1] == staff_text("not_arrived", "zh")


async def test_whoever_erases_takes_the_topic_along(scene: Scene) -> None:
    case, thread = await topic(scene)
    with scene.store.begin() as connection:
        found = case_of(connection, case)
        assert found is not None
        desk_of(scene.store).mirror.erased(connection, found)
        scene.store.erase(connection, f"tg:{scene.owner.id}")
    await settled(scene)
    assert scene.room.group.chat.topics[thread].deleted


def _thread(scene: Scene, case: int) -> int | None:
    with scene.store.begin() as connection:
        found = topic_of(connection, case)
    return None if found is None else found.thread
