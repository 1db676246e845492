/* Every table of a month: made as CSV, and taken apart again. */
#include <csv.h>
#include <string.h>
#include <waymark/chase.h>
#include <waymark/comparison.h>
#include <waymark/pack.h>
#include <waymark/register.h>
#include <waymark/tracker.h>

struct WmPackStorage {
    GArray *tables;        /* of WmPackTable */
    GPtrArray *texts;      /* the CSV files */
    GPtrArray *cells;      /* of GPtrArray: a table's cells, header first */
    GPtrArray *fields;     /* of arrays of WmField * */
    GStringChunk *strings; /* what the cells point to */
};

static bool has_actions(const WmMonth *month)
{
    return month->plan->n_actions > 0;
}

static bool has_risks(const WmMonth *month)
{
    return month->plan->n_risks > 0;
}

static char *checks_to_csv(const WmMonth *month)
{
    return wm_problems_to_csv(month->problems);
}

static char *actions_to_csv(const WmMonth *month)
{
    g_autoptr(WmTracker) tracker = wm_tracker_new(month);
    return wm_tracker_to_csv(tracker);
}

static char *risks_to_csv(const WmMonth *month)
{
    g_autoptr(WmRegister) risks = wm_register_new(month);
    return wm_register_to_csv(risks);
}

static char *chase_to_csv(const WmMonth *month)
{
    g_autoptr(WmChase) chase = wm_chase_new(month);
    return wm_chase_to_csv(chase);
}

static char *areas_to_csv(const WmMonth *month)
{
    g_autoptr(WmComparison) comparison = wm_comparison_new(month);
    return wm_comparison_to_csv(comparison);
}

/* The tables, by their names in the dictionary. */
static const struct {
    const char *name;
    bool (*applies)(const WmMonth *month); /* NULL: always */
    char *(*to_csv)(const WmMonth *month);
} TABLES[] = {
    {"assessments", NULL, wm_month_to_csv},
    {"prospects", NULL, wm_month_prospects_to_csv},
    {"readings", NULL, wm_month_readings_to_csv},
    {"exceptions", NULL, wm_month_exceptions_to_csv},
    {"signals", NULL, wm_month_signals_to_csv},
    {"revisions", NULL, wm_month_revisions_to_csv},
    {"areas", wm_month_compares, areas_to_csv},
    {"actions", has_actions, actions_to_csv},
    {"risks", has_risks, risks_to_csv},
    {"chase", NULL, chase_to_csv},
    {"checks", NULL, checks_to_csv},
    {"drops", NULL, wm_month_drops_to_csv},
};

/* ---- a CSV of our own, taken apart ---- */

typedef struct {
    GPtrArray *cells;
    GStringChunk *strings;
    size_t n_columns; /* once the header is read; 0 before */
} Splitter;

static void on_field(void *text, size_t length, void *data)
{
    Splitter *self = data;
    g_ptr_array_add(self->cells, length ? g_string_chunk_insert_len(self->strings, text, (gssize)length) : (gpointer) "");
}

static void on_row(int terminator, void *data)
{
    Splitter *self = data;
    (void)terminator;
    if (self->n_columns == 0)
        self->n_columns = self->cells->len;
}

/* Blanks at a field's ends are quoted, and stay. */
static void split(Splitter *self, const char *csv)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT) != 0)
        g_error("no memory for the CSV parser"); /* as every other allocation of GLib's */
    csv_parse(&parser, csv, strlen(csv), on_field, on_row, self);
    csv_fini(&parser, on_field, on_row, self);
    csv_free(&parser);
}

static void add_table(WmPack *self, const WmDictionaryTable *spec, char *csv)
{
    WmPackStorage *storage = self->storage;
    Splitter splitter = {g_ptr_array_new(), storage->strings, 0};
    split(&splitter, csv);
    const WmField **fields = g_new0(const WmField *, splitter.n_columns + 1);
    for (size_t i = 0; i < splitter.n_columns; i++)
        fields[i] = wm_dictionary_field(spec, g_ptr_array_index(splitter.cells, i));
    g_ptr_array_add(storage->texts, csv);
    g_ptr_array_add(storage->cells, splitter.cells);
    g_ptr_array_add(storage->fields, fields);
    const char *const *cells = (const char *const *)splitter.cells->pdata;
    const WmPackTable table = {.spec = spec,
                               .csv = csv,
                               .names = cells,
                               .fields = fields,
                               .n_columns = splitter.n_columns,
                               .cells = cells + splitter.n_columns,
                               .n_rows = splitter.cells->len / splitter.n_columns - 1};
    g_array_append_val(storage->tables, table);
}

WmPack *wm_pack_new(const WmMonth *month)
{
    WmPack *self = g_new0(WmPack, 1);
    WmPackStorage *storage = self->storage = g_new0(WmPackStorage, 1);
    storage->tables = g_array_new(FALSE, FALSE, sizeof(WmPackTable));
    storage->texts = g_ptr_array_new_with_free_func(g_free);
    storage->cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    storage->fields = g_ptr_array_new_with_free_func(g_free);
    storage->strings = g_string_chunk_new(64 * 1024);
    self->month = month;
    for (size_t i = 0; i < G_N_ELEMENTS(TABLES); i++)
        if (!TABLES[i].applies || TABLES[i].applies(month))
            add_table(self, wm_dictionary_table(TABLES[i].name), TABLES[i].to_csv(month));
    self->tables = (WmPackTable *)(gpointer)storage->tables->data;
    self->n_tables = storage->tables->len;
    return self;
}

void wm_pack_free(WmPack *self)
{
    if (!self)
        return;
    g_array_unref(self->storage->tables);
    g_ptr_array_unref(self->storage->texts);
    g_ptr_array_unref(self->storage->cells);
    g_ptr_array_unref(self->storage->fields);
    g_string_chunk_free(self->storage->strings);
    g_free(self->storage);
    g_free(self);
}
