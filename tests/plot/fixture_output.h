/* tests/plot/fixture_output.h: looking into a report as it was written. */
#ifndef WM_TESTS_FIXTURE_OUTPUT_H
#define WM_TESTS_FIXTURE_OUTPUT_H

#include <waymark/report.h>

/** A document as HTML, or as the text that pdftotext reads from its PDF, in reading order with a form feed after each page. New. */
char *fixture_html(const WmDocument *document);
char *fixture_pdf_text(const WmDocument *document);

/** What a tool of poppler says of a document's PDF: "pdfinfo", "pdffonts". New. */
char *fixture_pdf_tool(const WmDocument *document, const char *tool);

/** Whether those tools are there. */
bool fixture_has_pdf_tools(void);

/** The words of a text, or of HTML without its tags, style and charts, with single spaces between them. New. */
char *fixture_words(const char *text);

size_t fixture_count(const char *text, const char *part);

/** Every value of an attribute, in order: `id`, `href`. New array of new strings. */
GPtrArray *fixture_attributes(const char *html, const char *name);

/** Whether every element that is opened is closed, in order. The place of the first that is not goes to *where. */
bool fixture_is_balanced(const char *html, const char **where);

#endif
