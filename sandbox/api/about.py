"""auth.test, apps.connections.open and team.info: who is calling, and from where."""

from sandbox.call import Call
from sandbox.errors import Json


def auth_test(call: Call) -> Json:
    world = call.world
    return {
        "url": f"{call.slack.url}/",
        "team": world.team_name,
        "user": world.people[world.bot_user].name,
        "team_id": world.team,
        "user_id": world.bot_user,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    address = call.slack.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={call.slack.sockets.ticket()}"}


def team_info(call: Call) -> Json:
    world = call.world
    team = {"id": world.team, "name": world.team_name, "domain": world.domain, "icon": {}}
    return {"team": team}
