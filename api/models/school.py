from sqlmodel import Field

from api.models.record import Record


class School(Record, table=True):
    id: int = Field(default=None, primary_key=True)
    name: str
    country: str  # GB-ENG, GB-WLS ...: a key of signposts.yml
