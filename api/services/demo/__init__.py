"""The demo school: invented people and what they told, for a first look and for tests. Never made in production."""

from api.services.demo.past import tell_the_past
from api.services.demo.school import ADULT, PASSWORD, PIN, PUPILS, SCHOOL, STAFF, Demo, SignIn, prepare

__all__ = ["ADULT", "PASSWORD", "PIN", "PUPILS", "SCHOOL", "STAFF", "Demo", "SignIn", "prepare", "tell_the_past"]
