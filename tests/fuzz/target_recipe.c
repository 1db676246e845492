/* A recipe, a line of %%, and a CSV that it is to read: readings are of the plan's, finite, and of some period; what is refused
 * says why. */
#include <math.h>
#include <string.h>

#include "engine/data/drop/drop_reader.h"
#include "engine/data/recipe/recipe.h"
#include "support.h"

static WmPlan *plan;

static WmPlan *plan_new(void)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    scratch_write("plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n");
    scratch_write("indicators.csv",
                  "indicator,title,kind,measure_unit,polarity,frequency,low,high,decimals\n"
                  "PCT,Plans on time,percent,%,higher,month,0,100,1\nCNT,Exclusions,count,pupils,lower,quarter,0,,0\n"
                  "ACY,At home,percent,%,higher,academic_year,0,100,1\nYES,Done,yes_no,,plan,once,0,1,0\n");
    scratch_write("units.csv", "unit,name,parent,type,code\nN1,North,,area,E1\nS1,South,,area,933\n");
    WmPlan *self = wm_plan_read(scratch_folder(), problems, &error);
    MUST(self);
    return self;
}

static gboolean on_reading(const WmStoredReading *reading, const SheetRow *row, gpointer data, GError **error)
{
    (void)row, (void)data, (void)error;
    MUST(wm_plan_indicator(plan, reading->indicator));
    MUST(!*reading->unit || wm_plan_unit(plan, reading->unit));
    MUST(reading->cohort && reading->note);
    MUST(reading->reading.period.kind > WM_PERIOD_NONE && reading->reading.period.kind < WM_N_PERIOD_KINDS);
    MUST(!isinf(reading->reading.value) && !isinf(reading->reading.numerator) && !isinf(reading->reading.denominator));
    MUST(reading->reading.state < WM_N_READING_STATES);
    MUST(isnan(reading->reading.value) || wm_reading_state_has_value(reading->reading.state));
    return TRUE;
}

static gboolean on_refusal(const Refusal *why, const SheetRow *row, gpointer data, GError **error)
{
    (void)row, (void)data, (void)error;
    MUST(why->code && *why->code && why->message && *why->message && why->column >= 0);
    MUST(g_utf8_validate(why->message, -1, NULL));
    return TRUE;
}

static void read_rows(const WmRecipe *recipe, const char *rows)
{
    const DropSink sink = {on_reading, on_refusal, NULL};
    g_autoptr(DropReader) reader = drop_reader_new(plan, recipe, "drops/2021-01-31/x.csv", &sink);
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    MemoryFile file = memory_file_new(rows, strlen(rows));
    const CsvDialect dialect = recipe ? recipe->dialect : (CsvDialect){0};
    const gboolean is_read =
        csv_file_read_dialect(file.path, &dialect, drop_reader_row, reader, NULL, &error) && drop_reader_finish(reader, &error);
    MUST(is_read == (error == NULL));
    drop_reader_report(reader, problems);
    memory_file_close(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!plan)
        plan = plan_new();
    g_autofree char *text = input_text(data, size);
    char *rows;
    const char *written = cut_at_line(text, "%%", &rows);
    g_autoptr(GError) error = NULL;
    MemoryFile file = memory_file_new(written, strlen(written)); /* a file's bytes are made UTF-8 first */
    g_autoptr(WmRecipe) recipe = wm_recipe_read(file.path, &error);
    memory_file_close(&file);
    MUST((recipe == NULL) == (error != NULL));
    if (recipe)
        read_rows(recipe, rows);
    read_rows(NULL, rows);
    return 0;
}
