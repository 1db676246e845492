/* revisions.csv, and the same in assessments.json: each column is a row of a table. */
#include "engine/data/month/month_export.h"

#include <math.h>

#include "engine/data/text/number_text.h"

/* A column's text, new; NULL for "not available". */
typedef struct {
    const char *name;
    gboolean is_number;
    char *(*func)(const WmMonth *month, const WmMonthRevision *one);
} Column;

static const WmSeries *series_of(const WmMonth *month, const WmMonthRevision *one)
{
    return &month->series[one->i_series];
}

static char *number(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return isfinite(value) ? g_strdup(number_text(value, text)) : NULL;
}

static char *day(WmDay value)
{
    char text[WM_PERIOD_TEXT];
    return value == WM_NO_DAY ? NULL : g_strdup(wm_day_format_iso(value, text));
}

#define EXPORT(name, expression)                                                 \
    static char *export_##name(const WmMonth *month, const WmMonthRevision *one) \
    {                                                                            \
        const WmSeries *series = series_of(month, one);                          \
        (void)series;                                                            \
        return expression;                                                       \
    }

EXPORT(indicator, g_strdup(series->indicator))
EXPORT(unit, *series->unit ? g_strdup(series->unit) : NULL)
EXPORT(cohort, *series->cohort ? g_strdup(series->cohort) : NULL)
EXPORT(was, number(one->revision.was))
EXPORT(now, number(one->revision.now))
EXPORT(change, number(one->revision.now - one->revision.was))
EXPORT(was_received, day(one->revision.was_received))
EXPORT(was_file, g_strdup(one->was_file))
EXPORT(received, day(one->revision.received))
EXPORT(file, g_strdup(one->file))
EXPORT(status_told, g_strdup(wm_rag_name(series->previous.verdict.status)))
EXPORT(status_in_hindsight, g_strdup(wm_rag_name(series->hindsight.status)))

static char *export_period(const WmMonth *month, const WmMonthRevision *one)
{
    char text[WM_PERIOD_TEXT];
    (void)month;
    return g_strdup(wm_period_format_iso(one->revision.period, text));
}

static const Column COLUMNS[] = {
    {"indicator", FALSE, export_indicator},
    {"unit", FALSE, export_unit},
    {"cohort", FALSE, export_cohort},
    {"period", FALSE, export_period},
    {"was", TRUE, export_was},
    {"now", TRUE, export_now},
    {"change", TRUE, export_change},
    {"was_received", FALSE, export_was_received},
    {"was_file", FALSE, export_was_file},
    {"received", FALSE, export_received},
    {"file", FALSE, export_file},
    {"status_told", FALSE, export_status_told},
    {"status_in_hindsight", FALSE, export_status_in_hindsight},
};

char *wm_month_revisions_to_csv(const WmMonth *self)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", COLUMNS[i].name);
    g_string_append_c(out, '\n');
    for (size_t k = 0; k < self->n_revisions; k++) {
        for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
            g_autofree char *text = COLUMNS[i].func(self, &self->revisions[k]);
            if (i)
                g_string_append_c(out, ',');
            csv_append_field(out, text ? text : "");
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static cJSON *revision_to_json(const WmMonth *month, const WmMonthRevision *one)
{
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
        g_autofree char *text = COLUMNS[i].func(month, one);
        if (!text)
            cJSON_AddNullToObject(object, COLUMNS[i].name);
        else if (COLUMNS[i].is_number)
            cJSON_AddRawToObject(object, COLUMNS[i].name, text);
        else
            cJSON_AddStringToObject(object, COLUMNS[i].name, text);
    }
    return object;
}

void month_export_revisions(cJSON *root, const WmMonth *month)
{
    cJSON *list = cJSON_AddArrayToObject(root, "revisions");
    for (size_t i = 0; i < month->n_revisions; i++)
        cJSON_AddItemToArray(list, revision_to_json(month, &month->revisions[i]));
    cJSON_AddNumberToObject(root, "immaterial_revisions", (double)month->n_immaterial);
}
