/* Elements of HTML through libxml2's writer. */
#include "plot/report/html_writer.h"

#include <libxml/xmlwriter.h>
#include <string.h>

struct WmHtml {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    bool has_failed;
};

#define XML(text) ((const xmlChar *)(text))

WmHtml *wm_html_new(void)
{
    WmHtml *self = g_new0(WmHtml, 1);
    self->buffer = xmlBufferCreate();
    self->writer = self->buffer ? xmlNewTextWriterMemory(self->buffer, 0) : NULL;
    self->has_failed = !self->writer;
    return self;
}

void wm_html_free(WmHtml *self)
{
    if (!self)
        return;
    if (self->writer)
        xmlFreeTextWriter(self->writer);
    if (self->buffer)
        xmlBufferFree(self->buffer);
    g_free(self);
}

static void check(WmHtml *self, int written)
{
    if (written < 0)
        self->has_failed = true;
}

GBytes *wm_html_finish(WmHtml *self, GError **error)
{
    if (!self->has_failed)
        check(self, xmlTextWriterFlush(self->writer));
    if (self->has_failed) {
        wm_error_set(error, WM_ERROR_FILE, NULL, "the HTML could not be written: libxml2 failed, most likely for want of memory");
        return NULL;
    }
    return g_bytes_new(xmlBufferContent(self->buffer), (gsize)xmlBufferLength(self->buffer));
}

void wm_html_open(WmHtml *self, const char *name)
{
    if (!self->has_failed)
        check(self, xmlTextWriterStartElement(self->writer, XML(name)));
}

void wm_html_attribute(WmHtml *self, const char *name, const char *value)
{
    if (!self->has_failed)
        check(self, xmlTextWriterWriteAttribute(self->writer, XML(name), XML(value)));
}

void wm_html_close(WmHtml *self)
{
    if (!self->has_failed)
        check(self, xmlTextWriterFullEndElement(self->writer));
}

void wm_html_open_class(WmHtml *self, const char *name, const char *class_name)
{
    wm_html_open(self, name);
    if (*class_name)
        wm_html_attribute(self, "class", class_name);
}

static void write_line(WmHtml *self, const char *line, size_t length)
{
    g_autofree char *copy = g_strndup(line, length);
    if (!self->has_failed)
        check(self, xmlTextWriterWriteString(self->writer, XML(copy)));
}

void wm_html_text(WmHtml *self, const char *text)
{
    for (const char *line = text;;) {
        const size_t length = strcspn(line, "\n");
        write_line(self, line, length);
        if (!line[length])
            return;
        wm_html_markup(self, "<br>");
        line += length + 1;
    }
}

void wm_html_element(WmHtml *self, const char *name, const char *text)
{
    wm_html_open(self, name);
    wm_html_text(self, text);
    wm_html_close(self);
}

void wm_html_markup(WmHtml *self, const char *markup)
{
    if (!self->has_failed)
        check(self, xmlTextWriterWriteRaw(self->writer, XML(markup)));
}
