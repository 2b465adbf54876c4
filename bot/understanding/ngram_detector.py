"""langdetect, restricted to some languages and seeded: as it comes it knows 55 and answers differently in every run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

SEED = 0


class NgramDetector:
    """The profiles are read at the first question."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)

    def shares(self, text: str) -> Mapping[str, float]:
        """Language → probability; empty when the text has nothing to go by."""
        from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415

        detector = _factory(self._languages).create()
        detector.append(text)
        try:
            return {found.lang: found.prob for found in detector.get_probabilities()}
        except LangDetectException:
            return {}


@lru_cache(2)
def _factory(languages: tuple[str, ...]) -> Any:
    # Imported here: only texts that the other evidence leaves open need it.
    import langdetect  # noqa: PLC0415
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415

    profiles = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.seed = SEED
    factory.load_json_profile([(profiles / code).read_text(encoding="utf-8") for code in languages])
    return factory
