"""kiosk.toml: found, read, checked, and handed on as one frozen `Config`.

places (which file) -> reading (file to Config, every problem at once)
                         ├── lines, sentences   where a mistake stands, and how it is put
                         ├── sections, sending, hours   every key, its type and default
                         ├── questions, texts, review   what no single key can know
                         ├── pictures           what only the file that is named can tell
                         ├── destinations       where records go, and the secrets for it
                         └── from_hub           what a hub may lay over the file
"""

from kiosk.config.places import database_path, find_config
from kiosk.config.reading import check_for_hub, load_config
from kiosk.config.sections import Config

__all__ = ["Config", "check_for_hub", "database_path", "find_config", "load_config"]
