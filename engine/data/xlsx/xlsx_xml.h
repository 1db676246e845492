/* engine/data/xlsx/xlsx_xml.h: a part's XML, as events, in bounded memory.
 *
 * Elements and attributes go by their local names. Those of the root's own namespace are delivered, so that the strict and the
 * transitional form of the format read alike; what other namespaces say (extensions, alternate content) is passed over. A document
 * type declaration, and with it any entity of the file's own, is refused; nothing outside the part is ever read.
 */
#ifndef WM_DATA_XLSX_XML_H
#define WM_DATA_XLSX_XML_H

#include "engine/data/xlsx/xlsx_zip.h"

/* The element being entered. Borrowed for the call. */
typedef struct XlsxElement XlsxElement;

gboolean xlsx_element_is(const XlsxElement *self, const char *name);

/* An attribute's value: new, or NULL when it has none. */
char *xlsx_attribute(const XlsxElement *self, const char *name);

/* The same into a buffer, cut where it is longer; FALSE when it has none. */
gboolean xlsx_attribute_copy(const XlsxElement *self, const char *name, char *buffer, size_t size);

/* An attribute that is a whole number from 0 to G_MAXINT32; `otherwise` when it is absent, -1 when it is no such number. */
int xlsx_attribute_number(const XlsxElement *self, const char *name, int otherwise);

/* "1", "true", "on". */
gboolean xlsx_attribute_is_true(const XlsxElement *self, const char *name);

/* Called in the document's order; members may be NULL. FALSE stops the reading: with *error set the file is refused, without it
 * there is just nothing more to know. */
typedef struct {
    const char *root; /* the name that the outermost element must have */
    gboolean (*begin)(const XlsxElement *element, gpointer data, GError **error);
    gboolean (*end)(const char *name, gpointer data, GError **error);
    gboolean (*text)(const char *text, size_t length, gpointer data, GError **error); /* in pieces; not ended by NUL */
} XlsxEvents;

gboolean xlsx_xml_read(XlsxZip *zip, const char *part, const XlsxEvents *events, gpointer data, GError **error);

#endif
