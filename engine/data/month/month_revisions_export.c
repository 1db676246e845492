/* revisions.csv, and the same in assessments.json: each column is a row of a table. */
#include "engine/data/month/month_export.h"

#include "engine/data/text/row_sheet.h"

#define EXPORT(name, expression)                                       \
    static char *export_##name(gconstpointer owner, gconstpointer row) \
    {                                                                  \
        const WmMonth *month = owner;                                  \
        const WmMonthRevision *one = row;                              \
        const WmSeries *series = &month->series[one->i_series];        \
        (void)series;                                                  \
        return expression;                                             \
    }

EXPORT(indicator, g_strdup(series->indicator))
EXPORT(unit, row_words(series->unit))
EXPORT(cohort, row_words(series->cohort))
EXPORT(was, row_number(one->revision.was))
EXPORT(now, row_number(one->revision.now))
EXPORT(change, row_number(one->revision.now - one->revision.was))
EXPORT(was_received, row_day(one->revision.was_received))
EXPORT(was_file, g_strdup(one->was_file))
EXPORT(received, row_day(one->revision.received))
EXPORT(file, g_strdup(one->file))
EXPORT(status_told, g_strdup(wm_rag_name(series->previous.verdict.status)))
EXPORT(status_in_hindsight, g_strdup(wm_rag_name(series->hindsight.status)))

EXPORT(period, row_period(one->revision.period))

static const RowColumn COLUMNS[] = {
    ROW_TEXT(indicator),
    ROW_TEXT(unit),
    ROW_TEXT(cohort),
    ROW_TEXT(period),
    ROW_NUMBER(was),
    ROW_NUMBER(now),
    ROW_NUMBER(change),
    ROW_TEXT(was_received),
    ROW_TEXT(was_file),
    ROW_TEXT(received),
    ROW_TEXT(file),
    ROW_TEXT(status_told),
    ROW_TEXT(status_in_hindsight),
};

static RowSheet sheet_of(const WmMonth *self)
{
    return (RowSheet){COLUMNS, G_N_ELEMENTS(COLUMNS), self, self->revisions, self->n_revisions, sizeof(WmMonthRevision)};
}

char *wm_month_revisions_to_csv(const WmMonth *self)
{
    const RowSheet sheet = sheet_of(self);
    return row_sheet_to_csv(&sheet);
}

void month_export_revisions(cJSON *root, const WmMonth *month)
{
    const RowSheet sheet = sheet_of(month);
    row_sheet_add_json(&sheet, root, "revisions");
    cJSON_AddNumberToObject(root, "immaterial_revisions", (double)month->n_immaterial);
}
