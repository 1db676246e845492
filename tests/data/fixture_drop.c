#include "data/fixture_drop.h"

#include "engine/data/text/number_text.h"

static gboolean list_reading(const WmStoredReading *stored, const SheetRow *row, gpointer data, GError **error)
{
    char period[WM_PERIOD_TEXT], texts[3][G_ASCII_DTOSTR_BUF_SIZE];
    const WmReading *reading = &stored->reading;
    (void)error;
    g_string_append_printf(data, "%d %s|%s|%s|%s|%s|%s|%s|%s\n", row->line, stored->indicator, stored->unit, stored->cohort,
                           wm_period_format_iso(reading->period, period), number_text(reading->value, texts[0]),
                           number_text(reading->numerator, texts[1]), number_text(reading->denominator, texts[2]),
                           wm_reading_state_name(reading->state));
    return TRUE;
}

static gboolean list_refusal(const Refusal *why, const SheetRow *row, gpointer data, GError **error)
{
    (void)error;
    g_string_append_printf(data, "!%d:%d %s\n", row->line, why->column, why->code);
    return TRUE;
}

gboolean read_drop(const Folder *folder, const WmRecipe *recipe, const char *name, GString *out, WmProblems *problems,
                   GError **error)
{
    g_auto(Loaded) loaded = plan_load(folder);
    g_autofree char *path = folder_path(folder, name);
    const DropSink sink = {list_reading, list_refusal, out};
    g_autoptr(DropReader) reader = drop_reader_new(loaded.plan, recipe, name, &sink);
    const SourceOptions options = {.dialect = recipe ? recipe->dialect : (CsvDialect){0}};
    if (!source_read(path, &options, drop_reader_row, reader, NULL, error) || !drop_reader_finish(reader, error))
        return FALSE;
    if (problems) {
        drop_reader_report(reader, problems);
        drop_reader_report_fractions(reader, problems);
    }
    return TRUE;
}
