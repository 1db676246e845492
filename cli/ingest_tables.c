/* The tables of an ingest. */
#include "cli/ingest_tables.h"

#include <stdio.h>

#include "engine/data/text/number_text.h"

static const OutputColumn COLUMNS[] = {{"file", FALSE},   {"drop", TRUE},      {"rows", TRUE},       {"loaded", TRUE},
                                       {"revised", TRUE}, {"unchanged", TRUE}, {"quarantined", TRUE}};
static const OutputColumn REFUSED_COLUMNS[] = {
    {"file", FALSE}, {"line", TRUE}, {"column", TRUE}, {"code", FALSE}, {"message", FALSE}};
static const OutputColumn REVISED_COLUMNS[] = {{"file", FALSE},   {"indicator", FALSE}, {"unit", FALSE}, {"cohort", FALSE},
                                               {"period", FALSE}, {"was", FALSE},       {"now", FALSE},  {"change", TRUE}};

void ingest_tables_init(IngestTables *self)
{
    self->summary = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    self->refused = output_new(REFUSED_COLUMNS, G_N_ELEMENTS(REFUSED_COLUMNS));
    self->revised = output_new(REVISED_COLUMNS, G_N_ELEMENTS(REVISED_COLUMNS));
}

void ingest_tables_clear(IngestTables *self)
{
    output_free(self->summary);
    output_free(self->refused);
    output_free(self->revised);
}

static void add_summary(Output *output, const char *name, const WmIngestResult *result)
{
    const gint64 numbers[] = {result->drop,      result->n_rows,      result->n_loaded,
                              result->n_revised, result->n_unchanged, result->n_quarantined};
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(texts, g_strdup(name));
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        g_ptr_array_add(texts, g_strdup_printf("%" G_GINT64_FORMAT, numbers[i]));
    output_add(output, (const char *const *)texts->pdata);
}

static void add_refused(Output *output, const char *name, const WmIngestPreview *preview)
{
    for (guint i = 0; i < preview->refused->len; i++) {
        const WmQuarantined *row = &g_array_index(preview->refused, WmQuarantined, i);
        g_autofree char *line = g_strdup_printf("%d", row->line);
        g_autofree char *column = row->column ? g_strdup_printf("%d", row->column) : g_strdup("");
        output_add(output, (const char *const[]){name, line, column, row->code, row->message});
    }
}

/* A figure as it stands, or the state that stands for it, with the counts behind it. New. */
static char *figure_text(const WmReading *reading)
{
    char value[G_ASCII_DTOSTR_BUF_SIZE], numerator[G_ASCII_DTOSTR_BUF_SIZE], denominator[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *figure = g_strdup(wm_reading_state_has_value(reading->state) ? number_text(reading->value, value)
                                                                                  : wm_reading_state_name(reading->state));
    if (!*number_text(reading->numerator, numerator) || !*number_text(reading->denominator, denominator))
        return g_steal_pointer(&figure);
    return g_strdup_printf("%s (%s of %s)", figure, numerator, denominator);
}

static void add_revised(Output *output, const char *name, const WmIngestPreview *preview)
{
    for (guint i = 0; i < preview->revised->len; i++) {
        const WmIngestRevision *one = &g_array_index(preview->revised, WmIngestRevision, i);
        char period[WM_PERIOD_TEXT], change[G_ASCII_DTOSTR_BUF_SIZE];
        g_autofree char *was = figure_text(&one->was), *now = figure_text(&one->now);
        output_add(output, (const char *const[]){name, one->indicator, one->unit, one->cohort,
                                                 wm_period_format_iso(one->now.period, period), was, now,
                                                 number_text(one->now.value - one->was.value, change)});
    }
}

void ingest_tables_add(const IngestTables *self, const char *name, const WmIngestResult *result, const WmIngestPreview *preview)
{
    add_summary(self->summary, name, result);
    add_refused(self->refused, name, preview);
    add_revised(self->revised, name, preview);
}

void ingest_tables_print(const IngestTables *self, int show, OutputFormat format)
{
    const struct {
        int part;
        const char *name, *title;
        const Output *output;
    } parts[] = {{SHOW_SUMMARY, "files", NULL, self->summary},
                 {SHOW_REFUSED, "refused", "Refused", self->refused},
                 {SHOW_REVISED, "revised", "Revised", self->revised}};
    const gboolean is_object = show == SHOW_ALL && format == OUTPUT_JSON;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!(show & parts[i].part) || (show == SHOW_ALL && format == OUTPUT_TABLE && i > 0 && output_is_empty(parts[i].output)))
            continue;
        if (is_object)
            printf("%s\"%s\": ", i ? ",\n" : "{", parts[i].name);
        else if (show == SHOW_ALL && parts[i].title)
            printf("\n%s\n", parts[i].title);
        output_print(parts[i].output, format);
    }
    if (is_object)
        puts("}");
}
