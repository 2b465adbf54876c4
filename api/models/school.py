from datetime import date

from sqlmodel import Field

from api.models.record import Record


class School(Record, table=True):
    id: int = Field(default=None, primary_key=True)
    name: str
    country: str  # GB-ENG, GB-WLS ...: a key of signposts.yml
    is_demo: bool = False  # invented people; every page says so
    # minutes of the day, by the school's clock, between which families are sent nothing that they did not ask for
    quiet_from: int = 20 * 60
    quiet_until: int = 8 * 60
    answer_within: int = 45  # minutes that a carer has on the first day of an absence, until the next one is asked


class SchoolClosure(Record, table=True):
    """Days on which nobody can be expected to read, beyond weekends and the country's public holidays."""

    __tablename__ = "school_closure"

    id: int = Field(default=None, primary_key=True)
    school_id: int = Field(foreign_key="school.id", ondelete="CASCADE", index=True)
    first_day: date
    last_day: date
    name: str = ""
