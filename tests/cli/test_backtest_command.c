/* waymark backtest as a person runs it. */
#include <string.h>

#include "cli/fixture_command.h"

#define N_MONTHS 30

/* Two monthly series that wander a little. */
static void write_input(const Folder *folder)
{
    g_autoptr(GString) text = g_string_new("series,period,value\n");
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < N_MONTHS; i++)
            g_string_append_printf(text, "s%d,%d-%02d,%d\n", s, 2018 + i / 12, i % 12 + 1, 40 + (i * (7 + s) % 11) + i / 6);
    folder_write(folder, "x.csv", text->str);
}

static void all_tables_are_one_tidy_csv(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_input(&folder);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv", "--kind", "percent");
    assert_exit(run, 0);
    assert_true(g_str_has_prefix(run.out, "table,of,at,measure,value\nforecasts,waymark,1,n,"));
    assert_contains(run.out, "\nforecasts,drift,12,cover80,");
    assert_contains(run.out, "\nchances,rag,all,brier,");
    assert_contains(run.out, "\nreliability,waymark,0.9,met,");
    assert_contains(run.out, "\nstatuses,rag_path,,flaps_a_year,");
    assert_contains(run.err, "what is typical was learnt at each origin, from what was known then");
}

static void one_table_has_its_own_columns(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_input(&folder);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv", "--table", "chances", "--format", "csv", "--priors", "builtin");
    assert_exit(run, 0);
    assert_true(
        g_str_has_prefix(run.out, "forecaster,steps,n,base_rate,mean_chance,brier,log_score,reliability,resolution,uncertainty\n"));
    assert_contains(run.err, "what is typical is built in");
}

static void json_is_one_object(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_input(&folder);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv", "--format", "json", "--quiet");
    assert_exit(run, 0);
    assert_true(g_str_has_prefix(run.out, "{\"forecasts\": ["));
    assert_contains(run.out, "\"statuses\": [");
    assert_true(g_str_has_suffix(run.out, "}\n"));
    assert_string_equal(run.err, "");
}

static void progress_can_be_json_lines(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_input(&folder);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv", "--priors", "builtin", "--quiet", "--progress", "json");
    assert_exit(run, 0);
    assert_true(g_str_has_prefix(run.err, "{\"event\":\""));
    assert_contains(run.err, "{\"event\":\"origins\",\"done\":27,\"of\":27}\n");
}

static void files_and_a_chart_are_written(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_input(&folder);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv", "--out", "o", "--jobs", "1");
    assert_exit(run, 0);
    static const char *const FILES[] = {"forecasts.csv", "chances.csv",     "reliability.csv",
                                        "statuses.csv",  "calibration.svg", "calibration.png"};
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++)
        assert_true(folder_has(&folder, text_of("o/%s", FILES[i])));
    g_autofree char *a = fingerprint(&folder, "o");
    g_auto(Run) again = RUN(&folder, "backtest", "--input", "x.csv", "--out", "o", "--jobs", "2");
    g_autofree char *b = fingerprint(&folder, "o");
    assert_string_equal(a, b); /* the same from one thread and from two */
}

/* Sixteen series that wander in steps of one, and from the third year on of six. */
static void write_restless(const Folder *folder)
{
    g_autoptr(GString) text = g_string_new("series,period,value\n");
    guint seed = 7;
    for (int s = 0; s < 16; s++)
        for (int i = 0, level = 500; i < 40; i++) {
            seed = seed * 1103515245u + 12345u;
            level += ((seed >> 16 & 1) ? 1 : -1) * (i < 28 ? 1 : 6);
            g_string_append_printf(text, "s%d,%d-%02d,%d\n", s, 2018 + i / 12, i % 12 + 1, level);
        }
    folder_write(folder, "x.csv", text->str);
}

static void candidates_are_compared(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_restless(&folder);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv", "--bounds", ",", "--table", "candidates", "--format", "csv");
    assert_exit(run, 0);
    assert_true(g_str_has_prefix(run.out, "candidate,crps,learnt,stacked\nlevel 0.1 memory 0.8 season 0.5 slope 0,"));
    assert_contains(run.out, "\nlevel 0.02 memory 1 season 0.5 slope 3,");
    g_auto(Run) combined =
        RUN(&folder, "backtest", "--input", "x.csv", "--bounds", ",", "--table", "combination", "--format", "csv");
    assert_exit(combined, 0);
    assert_true(g_str_has_prefix(combined.out, "way,n,dates,spread,crps,kept\nlearnt weights,"));
    assert_contains(combined.out, "\nspread as well,");
    g_auto(Run) none =
        RUN(&folder, "backtest", "--input", "x.csv", "--priors", "builtin", "--table", "combination", "--format", "csv");
    assert_exit(none, 0);
    assert_string_equal(none.out, "way,n,dates,spread,crps,kept\n");
}

static double spread_of(const char *text)
{
    const char *at = strstr(text, "\nspread = ");
    assert_non_null(at);
    return g_ascii_strtod(at + strlen("\nspread = "), NULL);
}

static void recalibrated_only_when_asked(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    write_restless(&folder);
    g_auto(Run) plain = RUN(&folder, "priors", "learn", "--bounds", ",", "x.csv");
    g_auto(Run) wide = RUN(&folder, "priors", "learn", "--bounds", ",", "--recalibrate", "x.csv");
    assert_exit(plain, 0);
    assert_exit(wide, 0);
    assert_true(spread_of(plain.out) == 1);
    assert_true(spread_of(wide.out) > 1.1);
}

typedef struct {
    const char *name;
    const char *words[6];
    const char *says;
} WrongCase;

static const WrongCase WRONG[] = {
    {"nothing to replay", {"backtest"}, "there is nothing to replay; give a plan's folder, or --input LONG.csv"},
    {"both are too much", {"backtest", "plan", "--input", "x.csv"}, "a plan and --input were both given"},
    {"an unknown table", {"backtest", "--input", "x.csv", "--table", "scores"}, "--table “scores” is not understood"},
    {"nothing to recalibrate by",
     {"backtest", "--input", "x.csv", "--priors=builtin", "--recalibrate"},
     "--recalibrate with --priors “builtin” is not understood; it looks at how past forecasts of the input came out"},
    {"a hold that is none", {"backtest", "--input", "x.csv", "--hold", "1,2"}, "--hold “1,2” is not understood"},
};

static void is_refused(void **state)
{
    const WrongCase *row = *state;
    g_auto(Folder) folder = folder_new();
    write_input(&folder);
    g_auto(Run) run = run_in(&folder, row->words);
    assert_exit(run, 2);
    assert_contains(run.err, row->says);
}

typedef struct {
    const char *name;
    const char *rows; /* below the header */
    int exit;
    const char *says;
} SmallCase;

static const SmallCase SMALL[] = {
    {"no reading", "", 3, "it holds no reading"},
    {"one reading", "a,2024-02,1\n", 0, "nothing could be scored"},
    {"readings without a value", "a,2024-02,\na,2024-03,\n", 0, "nothing could be scored"},
    {"leap days", "a,2018-02-28,3\na,2020-02-29,2\na,2024-02-29,1\n", 0, "nothing could be scored"},
};

static void little_is_said_to_be_little(void **state)
{
    const SmallCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *text = g_strconcat("series,period,value\n", row->rows, NULL);
    folder_write(&folder, "x.csv", text);
    g_auto(Run) run = RUN(&folder, "backtest", "--input", "x.csv");
    assert_exit(run, row->exit);
    assert_contains(run.err, row->says);
}

static void a_plan_is_replayed(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-wsoa-2020");
    g_auto(Run) run = RUN(&folder, "backtest", ".", "--table", "statuses", "--format", "csv");
    assert_exit(run, 0);
    assert_contains(run.out, "\nwaymark_shown,");
    assert_contains(run.err, "what is typical is the plan's");
}

int main(void)
{
    ADD(all_tables_are_one_tidy_csv);
    ADD(one_table_has_its_own_columns);
    ADD(json_is_one_object);
    ADD(progress_can_be_json_lines);
    ADD(files_and_a_chart_are_written);
    ADD(candidates_are_compared);
    ADD(recalibrated_only_when_asked);
    ADD_TABLE(WRONG, is_refused);
    ADD_TABLE(SMALL, little_is_said_to_be_little);
    ADD(a_plan_is_replayed);
    return run_cases("backtest_command");
}
