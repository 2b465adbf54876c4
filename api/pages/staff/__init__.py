"""The trusted adult's and the safeguarding lead's door. One module for each noun."""

from fastapi import APIRouter, Depends

from api.pages.staff import (
    account,
    alerts,
    audit,
    chronology,
    conversations,
    exports,
    hand_overs,
    inbox,
    invited,
    parent_links,
    people,
    promises,
    providers,
    pupils,
    review,
    roll,
    school_calendar,
    second_factor,
    set_up,
    signing_in,
    themes,
    voices,
    withdrawing,
)

router = APIRouter(include_in_schema=False)
router.include_router(signing_in.router, prefix="/staff", dependencies=[Depends(set_up.school_first)])
for room in (
    set_up,
    invited,
    people,
    roll,
    school_calendar,
    second_factor,
    providers,
    account,
    pupils,
    voices,
    themes,
    inbox,
    conversations,
    review,
    exports,
    hand_overs,
    parent_links,
    withdrawing,
    promises,
    chronology,
    alerts,
    audit,
):
    router.include_router(room.router, prefix="/staff")
