"""The desk of an administrator. For everybody else their rooms do not exist."""

from typing import Annotated

from fastapi import Depends

from api.pages.staff.desk import Desk, DeskDep


def _office(desk: DeskDep) -> Desk:
    desk.must_be("administrator")
    return desk


# What is changed there is changed in a session of the product's own, not in the desk's, which stands as its reader:
# an administrator may read no words, and still nobody's words may be left without an adult, or erased in part.
OfficeDep = Annotated[Desk, Depends(_office)]
