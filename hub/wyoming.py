"""The house answers sentences that come by Wyoming: the reply is shown there, not spoken here."""

from hub.config import Config
from hub.household import Household
from hub.version import VERSION
from integrations.wyoming.sentences import Reply, SentenceServer


def wyoming(config: Config, household: Household) -> SentenceServer | None:
    """None where the owner wants none."""
    section = config.wyoming
    if section is None:
        return None

    async def answer(text: str) -> Reply:
        turn = await household.ask(text, way="wyoming")
        return Reply(turn.reply, is_understood=bool(turn.wishes))

    languages = (config.language.split("-")[0],)
    return SentenceServer(section.listen, section.port, config.name, VERSION, languages, answer)
