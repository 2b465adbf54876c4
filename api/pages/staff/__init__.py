"""The trusted adult's and the safeguarding lead's door. One module for each noun."""

from fastapi import APIRouter

from api.pages.staff import alerts, conversations, hand_overs, parent_links, pupils, signing_in

router = APIRouter(include_in_schema=False)
for room in (signing_in, pupils, conversations, hand_overs, parent_links, alerts):
    router.include_router(room.router, prefix="/staff")
