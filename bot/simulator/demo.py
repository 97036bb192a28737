"""The people of `advisor demo`: two owners, the staff of a bank with their group, and an officer who publishes policies."""

from __future__ import annotations

from bot.simulator.groups import Group
from bot.simulator.world import World


def demo_world() -> World:
    """A Telegram with everybody in it, and the bot in the staff's group as an administrator."""
    world = World(name="贷款顾问 Loan Advisor")
    # An advisor that remembers its last demo takes no update twice: the numbers of this one have to be higher.
    world.updates.next_id = world.today
    owners = [world.person("陈老板", "zh-hans", "chen_laoban"), world.person("Mary", "en", "mary_bakery")]
    manager = world.person("王经理", "zh-hans", "wang_jingli")
    colleague = world.person("小林", "zh-hans", "xiao_lin")
    officer = world.person("李科长", "zh-hans", "li_kezhang")
    for role, people in (("owner", owners), ("bank", [manager, colleague]), ("policy", [officer])):
        world.roles |= {person.id: role for person in people}
    group: Group = world.group("福清农商行·客服", manager, forum=True)
    group.add(colleague)
    group.add_bot()
    group.topic("值班安排")
    return world
