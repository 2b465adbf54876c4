"""What an adult at school sees as barriers: a column of its own, never mixed into what the others said."""

from collections.abc import Sequence

from sqlmodel import Session

from api import access
from api.errors import Malformed, NotAllowed
from api.models import AdultView, StaffMember
from api.services import audit
from api.services.catalog import Taxonomy


def write(
    session: Session,
    staff: StaffMember,
    pupil_id: int,
    codes: Sequence[str],
    words: str,
    form_id: str,
    taxonomy: Taxonomy,
) -> None:
    """A new one each time; the newest counts. A form that was sent already changes nothing."""
    pupil = access.pupil_for(session, staff, pupil_id)
    if not access.may_read(staff, pupil):
        raise NotAllowed
    if any(taxonomy.kinds.get(code) != "factors" for code in codes):
        raise Malformed
    if access.adult_view_by_form(session, form_id):
        return
    chosen = sorted(set(codes))
    view = AdultView(pupil_id=pupil_id, staff_id=staff.id, codes=chosen, words=words.strip(), form_id=form_id)
    session.add(view)
    session.flush()
    audit.record(session, staff, "adult_view_written", "adult_view", view.id, pupil_id=pupil_id)
    session.commit()
