"""Whether a hub could be started with these settings; what the house needs, tried beforehand."""

from hub.config import Config
from hub.network import SecretMissing, owners_code, read_secret
from intents.added import load_added
from intents.documents import DocumentError
from intents.home_file import load as load_home


class NotReady(Exception):
    """The hub would not come back; plain words say why."""


def make_sure(config: Config) -> None:
    """Raises NotReady."""
    home_assistant, page = config.home_assistant, config.page
    try:
        read_secret(config.mqtt.password, "mqtt.password")
        read_secret(home_assistant.token if home_assistant else None, "home_assistant.token")
        read_secret(page.password if page else None, "page.password")
        owners_code(config)
        if config.home.file:
            load_home(config.home.file)
        load_added(config.sentences, config.language)
    except (SecretMissing, DocumentError) as error:
        raise NotReady(str(error)) from error
