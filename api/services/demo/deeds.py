"""What the invented adults of the demo school did about what they were told, each on its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from api import access
from api.database import Database
from api.models import StaffMember, told_ago
from api.security import new_id
from api.services.catalog import Taxonomy
from api.services.demo.telling import Script
from api.services.insight import adult_views
from api.services.replies import promises
from api.services.replies.promises import Answer, Draft
from api.services.review import expectations, reviewing


@dataclass(frozen=True)
class Deeds:
    """Of one adult, about one conversation."""

    database: Database
    taxonomy: Taxonomy
    adult: StaffMember
    conversation_id: str
    script: Script

    def do(self) -> None:
        for deed in self.script.then:
            for name in ("expects", "reads", "notes", "sees", "promises"):
                if name in deed:
                    with told_ago(self._ago(deed["days"])):
                        getattr(self, f"_{name}")(deed[name])
            if "answers" in deed:
                with told_ago(self._ago(deed["days"] + deed["answers"]["after"])):
                    self._answers(deed["answers"])

    def _ago(self, days_after: int) -> timedelta:
        return timedelta(days=self.script.days_ago - days_after)

    def _expects(self, wanted: Mapping[str, Any]) -> None:
        with self.database.writing() as session:
            expectations.expect(
                session, self.adult, self.conversation_id, wanted["words"], wanted["codes"], self.taxonomy
            )

    def _reads(self, _: bool) -> None:
        with self.database.writing() as session:
            reviewing.open_summary(session, self.adult, self.conversation_id)
            reviewing.mark_read(session, self.adult, self.conversation_id)

    def _notes(self, words: str) -> None:
        with self.database.writing() as session:
            reviewing.add_note(session, self.adult, self.conversation_id, words, new_id())

    def _sees(self, view: Mapping[str, Any]) -> None:
        with self.database.writing() as session:
            pupil_id = access.conversation_for_staff(session, self.adult, self.conversation_id).pupil.id
            adult_views.write(session, self.adult, pupil_id, view["codes"], view["words"], new_id(), self.taxonomy)

    def _promises(self, wanted: Mapping[str, Any]) -> None:
        with self.database.writing() as session:
            opened = access.conversation_for_staff(session, self.adult, self.conversation_id)
            due_on = promises.today() + timedelta(days=wanted["within"])
            line = _line(session, opened, wanted["line"])
            draft = Draft(wanted["kind"], self.adult.id, due_on, wanted.get("words", ""), "en", line)
            promises.make(session, self.adult, opened, draft, new_id())

    def _answers(self, given: Mapping[str, Any]) -> None:
        """The promise that was made last."""
        with self.database.writing() as session:
            opened = access.conversation_for_staff(session, self.adult, self.conversation_id)
            newest = max(promises.to_voice_of(session, self.adult, opened), key=lambda kept: kept.promise.id).promise
            answer = Answer(given["outcome"], given["words"])
            promises.answer(session, self.adult, newest.id, newest.version, answer)


def _line(session: Session, opened: access.Opened, words: str) -> tuple[str, int, int] | None:
    """The line of the summary in which these words stand."""
    summary = access.summary_in(session, opened)
    texts = {turn.id: turn.text for turn in access.turns_in(session, opened)}
    for item in summary.content["items"] if summary else ():
        if words in texts[item["turn"]][item["start"] : item["end"]]:
            return item["turn"], item["start"], item["end"]
    return None
