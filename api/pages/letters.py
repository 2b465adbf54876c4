"""The words of e-mails to staff, in the language of whoever gets them. They say that there is something, never what."""

from api.models import StaffMember
from api.pages.rendering import Pages
from api.services.mailing.postman import Writer


def writer(pages: Pages, public_url: str) -> Writer:
    address = f"{public_url.rstrip('/')}/staff"

    def write(kind: str, reader: StaffMember) -> tuple[str, str, str]:
        translator = pages.translators[reader.language]
        written = pages.render(f"mail/{kind}.txt", translator, address=address).strip()
        subject, _, text = written.partition("\n")
        return subject.strip(), text.strip() + "\n", translator.language.tag

    return write
