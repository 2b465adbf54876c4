"""Documents to print, to send and to keep: a template of `templates/documents` becomes an accessible PDF or a DOCX.

What stands in a document is written once, in the small HTML that `api.documents.reading` knows, with the sentences of
the catalogs; the two writers only set it. Words reach the typesetter as data and are never read as its markup.
"""

from api.documents.making import Kind, docx, pdf

__all__ = ["Kind", "docx", "pdf"]
