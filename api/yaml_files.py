"""The shared truth of bot/data as the api reads it."""

from pathlib import Path
from typing import Any

import yaml

# libyaml is ten times as fast, where PyYAML was built with it; both read plain values only
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), _LOADER)  # noqa: S506 - see above
