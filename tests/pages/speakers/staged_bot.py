"""The scripted bot, with the screens that a whole conversation passes through."""

from typing import Any

from tests.api.scripted_bot import ScriptedBot

FEELINGS = (
    "happy calm proud hopeful sad worried scared angry lonely embarrassed tired bored confused overwhelmed".split()
)
TOPICS = ("good_day", "hard_day", "people", "any")
Message = dict[str, Any]


def choices(kind: str, codes: tuple[str, ...] | list[str]) -> list[dict[str, str]]:
    return [{"code": f"{kind}:{code}", "text": code.replace("_", " ")} for code in codes]


# stage: state of the interview, kind of the last message, what can be picked, several at once
STAGES: dict[str, tuple[str, str, list[dict[str, str]], bool]] = {
    "asking": ("asking", "question", [], False),
    "faces": ("asking", "scaffold", choices("feeling", FEELINGS), True),
    "topics": ("asking", "scaffold", choices("topic", TOPICS), False),
    "languages": ("asking", "scaffold", choices("language", ("en", "ar")), False),
    "paused": ("paused", "notice", choices("control", ("resume", "finish")), False),
    "reading_back": ("reading_back", "readback", choices("readback", ("keep", "leave_out", "done")), False),
    "finished": ("finished", "notice", [], False),
    "alerted": ("alerted", "notice", choices("control", ("person", "pause", "finish")), False),
}


class StagedBot(ScriptedBot):
    def __init__(self) -> None:
        self.stage = "asking"
        super().__init__()

    def _take(self, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, reply = super()._take(sent)
        if status == 200:
            self._set(reply)
        return status, reply

    def _set(self, reply: dict[str, Any]) -> None:
        state, kind, offered, multiple = STAGES[self.stage]
        reply["interview"] |= {"state": state}
        reply["messages"][-1] |= {"kind": kind, "choices": offered, "multiple": multiple}
