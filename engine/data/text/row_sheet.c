/* Rows as CSV and JSON. */
#include "engine/data/text/row_sheet.h"

#include <math.h>
#include <waymark/calendar.h>

#include "engine/data/text/number_text.h"

static char *text_of(const RowSheet *self, size_t i_row, size_t i_column)
{
    return self->columns[i_column].text(self->owner, (const char *)self->rows + i_row * self->row_size);
}

char *row_sheet_to_csv(const RowSheet *self)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < self->n_columns; i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", self->columns[i].name);
    g_string_append_c(out, '\n');
    for (size_t k = 0; k < self->n_rows; k++) {
        for (size_t i = 0; i < self->n_columns; i++) {
            g_autofree char *text = text_of(self, k, i);
            if (i)
                g_string_append_c(out, ',');
            csv_append_field(out, text ? text : "");
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void add_member(cJSON *object, const RowColumn *column, const char *text)
{
    if (!text)
        cJSON_AddNullToObject(object, column->name);
    else if (column->is_number)
        cJSON_AddRawToObject(object, column->name, text);
    else
        cJSON_AddStringToObject(object, column->name, text);
}

void row_sheet_add_json(const RowSheet *self, cJSON *root, const char *name)
{
    cJSON *list = cJSON_AddArrayToObject(root, name);
    for (size_t k = 0; k < self->n_rows; k++) {
        cJSON *object = cJSON_CreateObject();
        for (size_t i = 0; i < self->n_columns; i++) {
            g_autofree char *text = text_of(self, k, i);
            add_member(object, &self->columns[i], text);
        }
        cJSON_AddItemToArray(list, object);
    }
}

char *row_number(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return isfinite(value) ? g_strdup(number_text(value, text)) : NULL;
}

char *row_day(WmDay day)
{
    char text[WM_PERIOD_TEXT];
    return day == WM_NO_DAY ? NULL : g_strdup(wm_day_format_iso(day, text));
}

char *row_period(WmPeriod period)
{
    char text[WM_PERIOD_TEXT];
    return period.kind == WM_PERIOD_NONE ? NULL : g_strdup(wm_period_format_iso(period, text));
}

char *row_words(const char *text)
{
    return *text ? g_strdup(text) : NULL;
}

char *row_whole(size_t value)
{
    return g_strdup_printf("%zu", value);
}
