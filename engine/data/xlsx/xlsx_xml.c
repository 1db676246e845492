/* XML through libxml2's SAX interface: no tree is built, and the parser pulls from the archive as it goes. */
#include "engine/data/xlsx/xlsx_xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"

#define SHORT_VALUE        32 /* of a number or a truth; what is longer is neither */
#define MAX_ATTRIBUTES     64
#define MAX_NAMESPACES     32
#define MAX_DEPTH          64
#define MAX_NAMES          10000 /* of elements, attributes and namespaces in a part */
#define MAX_TAG_BYTES      (256 * 1024)
#define WORDS_AN_ATTRIBUTE 5 /* SAX2: local name, prefix, namespace, value, value's end */

struct XlsxElement {
    const char *name;
    const xmlChar **attributes;
    int n_attributes;
};

typedef struct {
    const XlsxEvents *events;
    gpointer data;
    XlsxPart *part;
    const char *file, *name;
    GError **error; /* never NULL */
    xmlParserCtxt *parser;
    char *root_namespace; /* NULL before the root, "" for none */
    int depth;            /* of the element that is open */
    int foreign_depth;    /* inside elements of another namespace */
    size_t n_silent;      /* bytes read since anything was told of them */
    gboolean has_stopped;
} Reader;

gboolean xlsx_element_is(const XlsxElement *self, const char *name)
{
    return strcmp(self->name, name) == 0;
}

/* Its five words; NULL when there is none of that name. */
static const xmlChar *const *find_attribute(const XlsxElement *self, const char *name)
{
    for (int i = 0; i < self->n_attributes; i++)
        if (strcmp((const char *)self->attributes[i * WORDS_AN_ATTRIBUTE], name) == 0)
            return (const xmlChar *const *)self->attributes + i * WORDS_AN_ATTRIBUTE;
    return NULL;
}

char *xlsx_attribute(const XlsxElement *self, const char *name)
{
    const xmlChar *const *words = find_attribute(self, name);
    return words ? g_strndup((const char *)words[3], (gsize)(words[4] - words[3])) : NULL;
}

gboolean xlsx_attribute_copy(const XlsxElement *self, const char *name, char *buffer, size_t size)
{
    const xmlChar *const *words = find_attribute(self, name);
    const size_t length = words ? MIN((size_t)(words[4] - words[3]), size - 1) : 0;
    if (words)
        memcpy(buffer, words[3], length);
    buffer[length] = 0;
    return words != NULL;
}

int xlsx_attribute_number(const XlsxElement *self, const char *name, int otherwise)
{
    char text[SHORT_VALUE];
    guint64 value;
    if (!xlsx_attribute_copy(self, name, text, sizeof text))
        return otherwise;
    return g_ascii_string_to_unsigned(g_strstrip(text), 10, 0, G_MAXINT32, &value, NULL) ? (int)value : -1;
}

gboolean xlsx_attribute_is_true(const XlsxElement *self, const char *name)
{
    char text[SHORT_VALUE];
    return xlsx_attribute_copy(self, name, text, sizeof text) &&
           (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}

static void stop(Reader *self)
{
    self->has_stopped = TRUE;
    xmlStopParser(self->parser);
}

/* What a caller's event said. */
static void heed(Reader *self, gboolean goes_on)
{
    if (!goes_on)
        stop(self);
}

static gboolean is_own(const Reader *self, const xmlChar *namespace)
{
    return strcmp(self->root_namespace, namespace ? (const char *)namespace : "") == 0;
}

static void on_root(Reader *self, const char *name, const xmlChar *namespace)
{
    self->root_namespace = g_strdup(namespace ? (const char *)namespace : "");
    if (strcmp(name, self->events->root) != 0) {
        xlsx_fail(self->error, self->file, XLSX_SAVE_AGAIN, "its part %s is a “%.40s”, and not the “%s” that it should be",
                  self->name, name, self->events->root);
        stop(self);
    }
}

/* libxml2 compares every attribute, namespace and name with the others of its tag or document: a file of nothing else would take
 * hours. */
static gboolean is_honest(Reader *self, int n_namespaces, int n_attributes)
{
    const char *what = NULL;
    if (n_attributes > MAX_ATTRIBUTES || n_namespaces > MAX_NAMESPACES)
        what = "has an element of more attributes than any spreadsheet program writes";
    else if (self->depth > MAX_DEPTH)
        what = "is nested deeper than any spreadsheet program nests it";
    else if (xmlDictSize(self->parser->dict) > MAX_NAMES)
        what = "uses more names than any spreadsheet program does";
    if (what) {
        xlsx_fail(self->error, self->file, XLSX_SAVE_AGAIN, "its part %s %s", self->name, what);
        stop(self);
    }
    return !what;
}

static void on_begin(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace, int n_namespaces,
                     const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    Reader *self = data;
    (void)prefix, (void)namespaces, (void)n_defaulted;
    self->n_silent = 0;
    self->depth++;
    if (self->has_stopped || !is_honest(self, n_namespaces, n_attributes))
        return;
    if (!self->root_namespace)
        on_root(self, (const char *)name, namespace);
    if (self->foreign_depth || !is_own(self, namespace)) {
        self->foreign_depth++;
        return;
    }
    const XlsxElement element = {(const char *)name, attributes, n_attributes};
    if (!self->has_stopped && self->events->begin)
        heed(self, self->events->begin(&element, self->data, self->error));
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace)
{
    Reader *self = data;
    (void)prefix, (void)namespace;
    self->n_silent = 0;
    self->depth--;
    if (self->foreign_depth)
        self->foreign_depth--;
    else if (!self->has_stopped && self->events->end)
        heed(self, self->events->end((const char *)name, self->data, self->error));
}

static void on_text(void *data, const xmlChar *text, int length)
{
    Reader *self = data;
    self->n_silent = 0;
    if (!self->has_stopped && !self->foreign_depth && self->events->text)
        heed(self, self->events->text((const char *)text, (size_t)length, self->data, self->error));
}

/* Entities can unfold into gigabytes or name files; no spreadsheet program writes them. */
static void on_document_type(void *data, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
    Reader *self = data;
    (void)name, (void)external_id, (void)system_id;
    if (self->has_stopped)
        return;
    xlsx_fail(self->error, self->file, XLSX_SAVE_AGAIN, "its part %s declares a document type, which no spreadsheet program does",
              self->name);
    stop(self);
}

static void on_error(void *data, xmlError *cause)
{
    Reader *self = data;
    if (self->has_stopped || cause->level < XML_ERR_ERROR)
        return;
    g_autofree char *message = g_strchomp(g_strdup(cause->message ? cause->message : "no memory"));
    xlsx_fail(self->error, self->file, "get the file again from its sender", "its part %s is damaged at line %d: %s", self->name,
              cause->line, message);
    stop(self);
}

static int pull(void *data, char *buffer, int size)
{
    Reader *self = data;
    if (self->has_stopped)
        return 0;
    gssize n = xlsx_part_read(self->part, buffer, (size_t)size, self->error);
    self->n_silent += n > 0 ? (size_t)n : 0;
    if (self->n_silent > MAX_TAG_BYTES) {
        xlsx_fail(self->error, self->file, XLSX_SAVE_AGAIN, "its part %s holds a tag or comment of more than 256 KiB", self->name);
        n = -1;
    }
    if (n < 0)
        self->has_stopped = TRUE;
    return (int)n;
}

static xmlSAXHandler sax_handler(void)
{
    xmlSAXHandler sax = {0};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_begin;
    sax.endElementNs = on_end;
    sax.characters = sax.ignorableWhitespace = sax.cdataBlock = on_text;
    sax.internalSubset = on_document_type;
    sax.serror = on_error;
    return sax;
}

gboolean xlsx_xml_read(XlsxZip *zip, const char *part, const XlsxEvents *events, gpointer data, GError **error)
{
    g_autoptr(XlsxPart) stream = xlsx_part_open(zip, part, error);
    if (!stream)
        return FALSE;
    GError *cause = NULL;
    Reader self = {.events = events, .data = data, .part = stream, .file = xlsx_zip_name(zip), .name = part, .error = &cause};
    xmlSAXHandler sax = sax_handler();
    xmlParserCtxt *parser = xmlCreateIOParserCtxt(&sax, &self, pull, NULL, &self, XML_CHAR_ENCODING_NONE);
    if (!parser)
        return xlsx_fail(error, self.file, "get the file again from its sender", "its part %s is empty or unreadable", part);
    self.parser = parser;
    xmlCtxtUseOptions(parser, XML_PARSE_NONET); /* without XML_PARSE_HUGE libxml2 keeps its own limits on depth and lengths */
    xmlParseDocument(parser);
    if (!self.has_stopped && !parser->wellFormed)
        xlsx_fail(&cause, self.file, "get the file again from its sender", "its part %s is damaged", part);
    xmlFreeParserCtxt(parser);
    g_free(self.root_namespace);
    if (cause)
        g_propagate_error(error, cause);
    return !cause;
}
