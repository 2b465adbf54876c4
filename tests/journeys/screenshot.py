"""The README's picture. Only `make screenshot` runs this: by its name no other run takes it for a test."""

from deploy.local.settings import CHECKOUT

from .drivers.pupil import Pupil

PICTURE = CHECKOUT / "docs" / "screenshot-pupil.png"


def test_the_picture_shows_the_faces(pupil: Pupil) -> None:
    pupil.starts()
    pupil.says("I like drawing dragons.")
    pupil.talks_until(pupil.sees_faces, ("My gran helps me.", "It is best when it is quiet."))
    pupil.photographs(PICTURE)
    assert PICTURE.stat().st_size
