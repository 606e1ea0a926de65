"""users.info, users.list and users.conversations."""

from sandbox.api.conversations import listed
from sandbox.call import Call
from sandbox.errors import Json
from sandbox.paging import page
from sandbox.people import describe


def info(call: Call) -> Json:
    person = call.person(call.needed("user", "user_not_found"))
    return {"user": describe(person, call.world.team, call.slack.clock.now())}


def everyone(call: Call) -> Json:
    people, following = page(call, list(call.world.people.values()))
    now = call.slack.clock.now()
    members = [describe(person, call.world.team, now) for person in people]
    return {
        "members": members,
        "cache_ts": int(now.timestamp()),
        "response_metadata": following,
    }


def conversations(call: Call) -> Json:
    """Those a person (the bot, if none is given) is in and the bot may see, in few words."""
    user = call.text("user") or call.world.bot_user
    call.person(user)
    answer = listed(call, lambda conversation: user in conversation.members)
    for channel in answer["channels"]:
        for field in ("is_member", "num_members"):
            channel.pop(field, None)
    return answer
