/* Whatever stands in a recipe and a file, no row is lost. */
#include "data/fixture_drop.h"

typedef struct {
    GHashTable *lines; /* of rows that came to a reading or a refusal */
} Heard;

static gboolean hear_reading(const WmStoredReading *stored, const SheetRow *row, gpointer data, GError **error)
{
    (void)stored;
    (void)error;
    g_hash_table_add(((Heard *)data)->lines, GINT_TO_POINTER(row->line));
    return TRUE;
}

static gboolean hear_refusal(const Refusal *why, const SheetRow *row, gpointer data, GError **error)
{
    assert_non_null(why->message);
    return hear_reading(NULL, row, data, error);
}

#define PICK(random, table) (table)[g_rand_int_range((random), 0, (gint32)N_ELEMENTS(table))]

/* A recipe that may fit, with lines that may spoil it. */
static char *random_recipe(GRand *random)
{
    static const char *const BASES[] = {
        "[columns]\nunit = Area\nvalue = {period}\nindicator = =PCT\n",
        "[columns]\nunit = Area | B\nperiod = =2020-12\n[indicator PCT]\nvalue = Jan-21\n[indicator DUR]\nvalue = B\n",
        "[columns]\nindicator = =PCT\nperiod = =2021\ncohort = Area + B\nvalue = @C\n",
        "[columns]\nunit = @A\n[indicator PCT]\nnumerator = {period}\ndenominator = B\n"};
    static const char *const LINES[] = {"[file]\nheader = 1-2",
                                        "[file]\nheader = 2",
                                        "[file]\nskip_after = Notes",
                                        "[file]\nfootnotes = strip",
                                        "[file]\nunknown_units = skip",
                                        "[columns]\nscale = 100",
                                        "[filter]\nArea = N* | \"\"",
                                        "[filter]\nB != x",
                                        "[indicator DUR]\nvalue = @B\nfilter Area != Notes",
                                        "[markers]\n- = nil\nx = suppressed",
                                        "[rename unit]\nN* = N1",
                                        "[rename cohort]\n*a* = b"};
    GString *text = g_string_new(PICK(random, BASES));
    for (int i = g_rand_int_range(random, 0, 4); i > 0; i--)
        g_string_append_printf(text, "%s\n", PICK(random, LINES));
    return g_string_free(text, FALSE);
}

#define MAX_CELLS 5

static gboolean read_random_row(GRand *random, DropReader *reader, int number, GError **error)
{
    static const char *const CELLS[] = {"N1", "North5", "2020-12", "1",        "1,5", "x",        "-",
                                        "",   " - ",    "48%",     "Notes: a", "S1",  "41 weeks", "X9"};
    static const char *const HEADER[] = {"Area", "B", "Jan-21", "Feb-21"};
    const char *fields[MAX_CELLS];
    const size_t n = (size_t)g_rand_int_range(random, 1, MAX_CELLS + 1);
    gboolean is_blank = TRUE;
    for (size_t i = 0; i < n; i++) {
        fields[i] = PICK(random, CELLS);
        is_blank = is_blank && !*fields[i];
    }
    if (number <= 2 && g_rand_int_range(random, 0, 4))
        return drop_reader_row(&(SheetRow){.fields = HEADER, .n_fields = N_ELEMENTS(HEADER), .line = number, .number = number},
                               reader, error);
    return is_blank ||
           drop_reader_row(&(SheetRow){.fields = fields, .n_fields = n, .line = number, .number = number}, reader, error);
}

static gboolean read_random_file(GRand *random, DropReader *reader, GError **error)
{
    const int n = g_rand_int_range(random, 1, 12);
    for (int number = 1; number <= n; number++)
        if (!read_random_row(random, reader, number, error))
            return FALSE;
    return drop_reader_finish(reader, error);
}

/* Every row of a table comes to readings or refusals, or is counted among those that were left out. */
static void nothing_is_lost(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    g_auto(Loaded) loaded = plan_load(&folder);
    size_t n_read = 0;
    for (int i = 0; i < 5000; i++) {
        g_autofree char *text = random_recipe(random);
        g_autoptr(GError) error = NULL;
        g_autoptr(WmRecipe) recipe = recipe_parse(text, "r.ini", &error);
        assert_non_null(recipe);
        g_autoptr(GHashTable) lines = g_hash_table_new(g_direct_hash, g_direct_equal);
        Heard heard = {lines};
        const DropSink sink = {hear_reading, hear_refusal, &heard};
        g_autoptr(DropReader) reader = drop_reader_new(loaded.plan, recipe, FILE_NAME, &sink);
        if (!read_random_file(random, reader, &error)) {
            assert_non_null(error);
            continue;
        }
        const RowCounts counts = drop_reader_counts(reader);
        const gint64 n_heard = g_hash_table_size(lines);
        if (counts.n_rows != n_heard + counts.n_filtered + counts.n_without + counts.n_unknown_units)
            fail_msg("%s\n%d rows, %d heard", text, (int)counts.n_rows, (int)n_heard);
        n_read += n_heard > 0;
    }
    assert_true(n_read > 500);
}

int main(void)
{
    ADD(nothing_is_lost);
    return run_cases("drop_random");
}
