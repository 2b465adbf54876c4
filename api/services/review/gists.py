"""What a line seems to be about, for staff who do not read its language. From the project's own data: codes that the
computer found, each in a sentence. It is no translation and no quotation.
"""

from collections.abc import Sequence

from api.services.catalog import Taxonomy
from api.services.review.summaries import Item

# a factor names what is hard; under these headings the same word may be what goes well or what is wished for
NOT_HARD_HERE = ("going_well", "wishes", "helps", "next")


def gists(item: Item, section: str, reader_language: str, taxonomy: Taxonomy) -> Sequence[str]:
    """English sources, in the order of the codes; none when the reader reads the language, or for what was picked:
    a picked face has a name in the reader's language already.
    """
    if not is_foreign(item, reader_language):
        return ()
    return [
        taxonomy.gists[code]
        for code in item.codes
        if code in taxonomy.gists and not (taxonomy.kinds[code] == "factors" and section in NOT_HARD_HERE)
    ]


def is_foreign(item: Item, reader_language: str) -> bool:
    return bool(item.quote) and item.language != reader_language
