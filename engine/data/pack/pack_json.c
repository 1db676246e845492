/* A table as JSON. Written straight into a text: a tree of a long table would take fifty times its size. */
#include <string.h>
#include <waymark/pack.h>

#include "engine/data/month/month_export.h"

/* A JSON string: quotes, backslashes and control characters escaped (RFC 8259, section 7). */
static void append_string(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_printf(out, "\\%c", *c);
        else if ((guchar)*c < 0x20)
            g_string_append_printf(out, "\\u%04x", (guchar)*c);
        else
            g_string_append_c(out, *c);
    }
    g_string_append_c(out, '"');
}

static void append_cell(GString *out, const WmField *field, const char *text)
{
    if (!*text)
        g_string_append(out, "null");
    else if (field && (field->kind == WM_FIELD_NUMBER || field->kind == WM_FIELD_WHOLE))
        g_string_append(out, text);
    else
        append_string(out, text);
}

static void append_rows(GString *out, const WmPackTable *table)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        g_string_append(out, i ? ",\n\t\t{" : "\n\t\t{");
        for (size_t k = 0; k < table->n_columns; k++) {
            g_string_append(out, k ? ", " : "");
            append_string(out, table->names[k]);
            g_string_append(out, ": ");
            append_cell(out, table->fields[k], table->cells[i * table->n_columns + k]);
        }
        g_string_append_c(out, '}');
    }
}

char *wm_pack_table_to_json(const WmPack *self, const WmPackTable *table)
{
    if (strcmp(table->spec->name, "assessments") == 0) /* which tells more than its rows */
        return wm_month_to_json(self->month);
    g_autoptr(cJSON) heading = cJSON_CreateObject();
    month_export_heading(heading, self->month);
    char *printed = cJSON_Print(heading);
    GString *out = g_string_new(printed);
    cJSON_free(printed);
    g_string_truncate(out, out->len - strlen("\n}"));
    g_string_append_printf(out, ",\n\t\"%s\":\t[", table->spec->name);
    append_rows(out, table);
    g_string_append(out, table->n_rows ? "\n\t]\n}\n" : "]\n}\n");
    return g_string_free(out, FALSE);
}
