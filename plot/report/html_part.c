/* Shapes, statuses, running text and tables as HTML. */
#include "plot/report/html_part.h"

#include "plot/report/status_look.h"

static void put_circle(WmHtml *html, bool is_hollow)
{
    wm_html_open(html, "circle");
    wm_html_attribute(html, "cx", "6");
    wm_html_attribute(html, "cy", "6");
    wm_html_attribute(html, "r", is_hollow ? "4.6" : "5.8");
    if (is_hollow)
        wm_html_attribute(html, "style", "fill:none;stroke:currentColor;stroke-width:2");
    wm_html_close(html);
}

static void put_polygon(WmHtml *html, const WmShape *shape)
{
    g_autoptr(GString) points = g_string_new(NULL);
    for (size_t i = 0; i < shape->n_points; i++) {
        char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(x, sizeof x, "%.4g", shape->x[i] * 12);
        g_ascii_formatd(y, sizeof y, "%.4g", shape->y[i] * 12);
        g_string_append_printf(points, "%s%s,%s", i ? " " : "", x, y);
    }
    wm_html_open(html, "polygon");
    wm_html_attribute(html, "points", points->str);
    wm_html_close(html);
}

void wm_html_shape(WmHtml *html, WmRag rag)
{
    const WmShape *shape = &wm_status_look(rag)->shape;
    wm_html_open_class(html, "svg", "shape");
    wm_html_attribute(html, "viewBox", "0 0 12 12");
    wm_html_attribute(html, "aria-hidden", "true");
    if (shape->n_points == 0)
        put_circle(html, shape->is_hollow);
    else
        put_polygon(html, shape);
    wm_html_close(html);
}

void wm_html_status(WmHtml *html, WmVerdict verdict)
{
    g_autofree char *class_name = g_strconcat("pill ", wm_rag_name(verdict.status), NULL);
    g_autofree char *words = wm_verdict_words(verdict);
    wm_html_open_class(html, "span", class_name);
    wm_html_shape(html, verdict.status);
    wm_html_element(html, "span", words);
    wm_html_close(html);
}

static void put_link(WmHtml *html, const char *text, const char *address)
{
    wm_html_open(html, "a");
    wm_html_attribute(html, "href", address);
    wm_html_text(html, text);
    wm_html_close(html);
}

void wm_html_link(WmHtml *html, const char *text, const char *target)
{
    g_autofree char *address = g_strconcat("#", target, NULL);
    put_link(html, text, address);
}

/* As RFC 3986 writes a path; "./" keeps a colon in it from looking like a scheme. */
static void put_file_link(WmHtml *html, const char *text, const char *path)
{
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
    g_autofree char *address = g_strconcat("./", escaped, NULL);
    put_link(html, text, address);
}

static void put_run(WmHtml *html, const WmRun *run)
{
    switch (run->kind) {
    case WM_RUN_PLAIN:
        wm_html_text(html, run->text);
        break;
    case WM_RUN_STRONG:
        wm_html_element(html, "strong", run->text);
        break;
    case WM_RUN_SMALL:
        wm_html_element(html, "small", run->text);
        break;
    case WM_RUN_LINK:
        wm_html_link(html, run->text, run->target);
        break;
    case WM_RUN_FILE:
        put_file_link(html, run->text, run->target);
        break;
    case WM_RUN_STATUS:
        wm_html_status(html, run->status);
        break;
    case WM_RUN_BREAK:
        wm_html_markup(html, "<br>");
        break;
    }
}

void wm_html_prose(WmHtml *html, const WmProse *prose)
{
    for (guint i = 0; i < prose->runs->len; i++)
        put_run(html, &g_array_index(prose->runs, WmRun, i));
}

static void put_header_row(WmHtml *html, const WmTable *table)
{
    wm_html_open(html, "thead");
    wm_html_open(html, "tr");
    for (size_t i = 0; i < table->n_columns; i++) {
        wm_html_open_class(html, "th", table->columns[i].align == WM_ALIGN_END ? "end" : "");
        wm_html_attribute(html, "scope", "col");
        wm_html_text(html, table->columns[i].title);
        wm_html_close(html);
    }
    wm_html_close(html);
    wm_html_close(html);
}

static void put_group(WmHtml *html, const WmTable *table, const char *title)
{
    g_autofree char *width = g_strdup_printf("%zu", table->n_columns);
    wm_html_open(html, "tr");
    wm_html_open_class(html, "th", "group");
    wm_html_attribute(html, "colspan", width);
    wm_html_attribute(html, "scope", "rowgroup");
    wm_html_text(html, title);
    wm_html_close(html);
    wm_html_close(html);
}

static void put_row(WmHtml *html, const WmTable *table, const WmTableRow *row)
{
    wm_html_open(html, "tr");
    for (size_t i = 0; i < table->n_columns; i++) {
        const WmColumn *column = &table->columns[i];
        wm_html_open_class(html, column->is_row_header ? "th" : "td", column->align == WM_ALIGN_END ? "end" : "");
        if (column->is_row_header)
            wm_html_attribute(html, "scope", "row");
        wm_html_prose(html, row->cells[i]);
        wm_html_close(html);
    }
    wm_html_close(html);
}

/* A group of rows is a body of its own, so that its title governs them and no others. */
static void put_rows(WmHtml *html, const WmTable *table)
{
    wm_html_open(html, "tbody");
    for (guint i = 0; i < table->rows->len; i++) {
        const WmTableRow *row = &g_array_index(table->rows, WmTableRow, i);
        if (row->group && i > 0) {
            wm_html_close(html);
            wm_html_open(html, "tbody");
        }
        if (row->group)
            put_group(html, table, row->group);
        else
            put_row(html, table, row);
    }
    wm_html_close(html);
}

/* A wide table scrolls in a group of its own, which a keyboard can reach. */
void wm_html_table(WmHtml *html, const WmTable *table)
{
    if (table->rows->len == 0)
        return;
    const char *name = *table->caption ? table->caption : table->label;
    wm_html_open_class(html, "div", "scroll");
    if (table->has_header) {
        wm_html_attribute(html, "role", "group");
        wm_html_attribute(html, "aria-label", name);
        wm_html_attribute(html, "tabindex", "0");
    }
    wm_html_open_class(html, "table", !table->has_header ? "facts" : table->is_dense ? "dense" : "");
    if (!*table->caption)
        wm_html_attribute(html, "aria-label", name);
    else
        wm_html_element(html, "caption", table->caption);
    if (table->has_header)
        put_header_row(html, table);
    put_rows(html, table);
    wm_html_close(html);
    wm_html_close(html);
}
