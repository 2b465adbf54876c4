from fastapi import APIRouter, Response

from api.access import keeps_family_of, may_read, pupil_for, summaries_about
from api.models import StaffMember
from api.pages.doors import CatalogDep
from api.pages.staff.desk import DeskDep, PageNumber, RowId
from api.pages.staff.promises import promises_about
from api.pages.staff.pupil_rows import STATES, Filter, rows_of
from api.services.people import pupils
from api.services.rhythm import lines
from api.services.safeguarding import alerts
from api.services.talk import parent_links

router = APIRouter(prefix="/pupils")
NEXT_CONTACTS = 5


@router.get("")
def list_pupils(desk: DeskDep, q: str = "", state: str = "", mine: bool = False, page: PageNumber = 1) -> Response:
    wanted = Filter(q, state, mine, page)
    rows = rows_of(pupils.listed(desk.session, desk.staff), wanted, desk.staff.id)
    return desk.show("pupils.html", rows=wanted.of_this_page(rows), found=len(rows), states=STATES, wanted=wanted)


@router.get("/{pupil_id}")
def show_pupil(desk: DeskDep, catalog: CatalogDep, pupil_id: RowId) -> Response:
    pupil = pupil_for(desk.session, desk.staff, pupil_id)
    may = may_read(desk.staff, pupil)
    held = summaries_about(desk.session, desk.staff, pupil_id)
    return desk.show(
        "pupil.html",
        pupil=pupil,
        adult=desk.session.get_one(StaffMember, pupil.trusted_adult_id),
        may_read=may,
        keeps_family=keeps_family_of(desk.session, desk.staff, pupil),
        pupils_own=[each for each in held if each.audience == "pupil"],
        parents_own=[each for each in held if each.audience == "parent"],
        open_links={
            each.id: parent_links.still_open(desk.session, desk.staff, each.id)
            for each in held
            if may and not each.withdrawn_at
        },
        alerted={alert.conversation for alert in alerts.listed(desk.session, desk.staff)},
        language=desk.language,
        next_contacts=lines.coming(lines.about(desk.session, desk.staff, pupil))[:NEXT_CONTACTS],
        works_with_family=may or desk.staff.role == "attendance_lead",
        promised=promises_about(desk, catalog, pupil_id),
        guide_names={guide.name: guide.label for guide in desk.named("guide", catalog.guide_names)},
    )
