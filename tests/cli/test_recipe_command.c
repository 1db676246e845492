/* waymark recipe, export and the dry run, as a person or a script calls them. */
#include <glib/gstdio.h>
#include <string.h>

#include "cli/fixture_command.h"

#define WIDE "Area,Jan-21,Feb-21\nNorth,41,x\nSouth,52,nothing\n"

#define WIDE_RECIPE "[file]\nmatch = wide*.csv\n[columns]\nunit = Area\n[indicator PCT]\nvalue = {period}\n"

static void a_guess_is_printed_and_can_be_checked(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"wide.csv", WIDE});
    g_auto(Run) guess = RUN(&folder, "recipe", "guess", "wide.csv");
    assert_exit(guess, 0);
    assert_contains(guess.out, "match = wide*.csv\n");
    assert_contains(guess.out, "unit = Area\n");
    assert_contains(guess.out, "[indicator WIDE]\nvalue = {period}\n");
    folder_write(&folder, "r.ini", guess.out);
    g_auto(Run) check = RUN(&folder, "recipe", "check", "r.ini");
    assert_exit(check, 0);
    assert_contains(check.err, "r.ini: it can be read");
}

static void a_guess_keeps_to_the_plan(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", "period,PCT,Other\n2021-01,41,1\n2021-02,42,2\n"});
    g_auto(Run) guess = RUN(&folder, "recipe", "guess", "x.csv", "--plan", ".");
    assert_exit(guess, 0);
    assert_contains(guess.out, "\n[indicator PCT]\nvalue = PCT\n");
    assert_contains(guess.out, "\n# [indicator OTHER]\n# value = Other\n");
}

static void units_and_indicators_are_printed_as_tables(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"wide.csv", WIDE});
    g_auto(Run) units = RUN(&folder, "recipe", "units", "wide.csv");
    g_auto(Run) indicators = RUN(&folder, "recipe", "indicators", "wide.csv");
    assert_exit(units, 0);
    assert_exit(indicators, 0);
    assert_string_equal(units.out, "unit,name,parent,type,code\nNorth,North,,,\nSouth,South,,,\n");
    assert_string_equal(indicators.out,
                        "indicator,title,kind,measure_unit,polarity,frequency,low,high\nWIDE,wide,count,,none,month,,\n");
}

/* A file is known by its content: the way to have it read by a corrected recipe is said, and works. */
static void a_corrected_recipe_reads_a_drop_again(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"wide.csv", "Area,Jan-21\nNorth,0.41\nSouth,0.52\n"}, {"recipes/wide.ini", WIDE_RECIPE});
    g_auto(Run) first = RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-02-28");
    assert_exit(first, 0);
    folder_write(&folder, "recipes/wide.ini", WIDE_RECIPE "scale = 100\n");
    g_auto(Run) again = RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-02-28");
    assert_contains(again.err, "nothing was done; if its recipe has changed since, --again reads it by that");
    g_auto(Run) before = RUN(&folder, "export", ".");
    assert_contains(before.out, "PCT,N1,,2021-01,0.41,");
    g_auto(Run) check = RUN(&folder, "check", ".", "--format", "csv"),
                verify = RUN(&folder, "store", "verify", ".", "--format", "csv");
    assert_contains(check.out, "drops/2021-02-28/wide.csv,,,warning,stale_drop,");
    assert_contains(verify.out, "drops/2021-02-28/wide.csv,,,warning,stale_drop,");
    g_auto(Run) dry = RUN(&folder, "ingest", ".", "--again", "wide.csv", "--dry-run", "--format", "json");
    assert_exit(dry, 0);
    assert_contains(dry.out, "\"revised\":\t2");
    g_auto(Run) shown = RUN(&folder, "ingest", ".", "--again", "wide.csv", "--dry-run", "--show", "revised", "--format", "csv");
    assert_contains(shown.out, "wide.csv,PCT,N1,,2021-01,0.41,41,40.59");
    g_auto(Run) anew = RUN(&folder, "ingest", ".", "--again", "wide.csv", "--format", "csv");
    assert_exit(anew, 0);
    assert_contains(anew.out, "wide.csv,2,2,2,2,0,0\n");
    assert_contains(anew.err, "drop 2 stands for drop 1");
    g_auto(Run) after = RUN(&folder, "export", "."), sound = RUN(&folder, "check", ".", "--format", "csv");
    assert_contains(after.out, "PCT,N1,,2021-01,41,");
    assert_lacks(sound.out, "stale_drop");
    g_auto(Run) twice = RUN(&folder, "ingest", ".", "--again", "wide.csv");
    assert_contains(twice.err, "read again, it says what it said; drop 2 stays as it is");
}

static void drops_are_withdrawn_by_number_or_file(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,41,,,,\n"},
                                        {"drops/2021-02-28/y.csv", DROP_HEADER "PCT,,,Dec-20,42,,,,\n"},
                                        {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Dec-20,41,,,,\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--quiet");
    assert_exit(run, 0);
    g_auto(Run) either = RUN(&folder, "ingest", ".", "--withdraw", "x.csv");
    assert_exit(either, 3);
    assert_contains(either.err,
                    "several drops are called “x.csv”; it may be drops/2021-01-31/x.csv (1), drops/2021-03-31/x.csv (3)");
    g_auto(Run) one = RUN(&folder, "ingest", ".", "--withdraw", "2021-03-31/x.csv");
    assert_exit(one, 0);
    assert_contains(one.err, "drop 3 withdrawn from 31 Mar 2021 on: 1 of its figures no longer counts");
    assert_contains(one.err, "drop 1 (drops/2021-01-31/x.csv) has the same content, and still counts");
    g_auto(Run) back = RUN(&folder, "ingest", ".", "--restore", "3");
    assert_exit(back, 0);
    g_auto(Run) both = RUN(&folder, "ingest", ".", "--restore", "3", "--again", "3");
    assert_exit(both, 2);
}

/* A second file of that name and day gets a number, and its recipe all the same; what stands last counts, and that is said. */
static void a_numbered_name_has_its_recipe_and_an_overruled_figure_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"wide.csv", "Area,Jan-21\nNorth,41\n"}, {"2/wide.csv", "Area,Jan-21\nNorth,42\n"},
                                        {"a.csv", DROP_HEADER "PCT,N1,,Jan-21,43,,,,\n"}, {"recipes/wide.ini", WIDE_RECIPE});
    g_auto(Run) first = RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-02-28");
    g_auto(Run) second = RUN(&folder, "ingest", ".", "2/wide.csv", "--received", "2021-02-28");
    assert_exit(first, 0);
    assert_exit(second, 0);
    assert_true(folder_has(&folder, "drops/2021-02-28/wide~2.csv"));
    assert_contains(second.out, "2/wide.csv,2,1,1,1,0,0\n");
    g_auto(Run) before = RUN(&folder, "ingest", ".", "a.csv", "--received", "2021-02-28");
    assert_exit(before, 0);
    assert_contains(before.err,
                    "a.csv: where they differ, drops/2021-02-28/wide~2.csv of the same day counts, for its name stands after "
                    "this one's; to make this one count, give it a name that stands last, or withdraw drop 2");
    g_auto(Run) export = RUN(&folder, "export", ".");
    assert_contains(export.out, "PCT,N1,,2021-01,42,");
}

/* What a formula makes is not exported, for it could not be loaded; that is said. */
static void what_an_export_leaves_out_is_said(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"indicators.csv",
                     "indicator,kind,frequency,formula\nA,count,month,\nB,count,month,A * 2\nC,count,month,in-year of published\n"},
                    {"targets.csv", NULL}, {"baselines.csv", NULL},
                    {"drops/2021-02-28/x.csv", "indicator,period,value\nA,2021-01,1\nC,2021-01,7\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--quiet");
    assert_exit(run, 0);
    g_auto(Run) all = RUN(&folder, "export", "."), one = RUN(&folder, "export", ".", "--indicator", "A");
    assert_contains(all.out, "C,,,2021-01,7,");
    assert_contains(all.err, "derived by formula, and so left out: B; ");
    assert_lacks(one.err, "left out");
}

static void how_far_an_ingest_is_can_be_told_in_json(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(DROP_HEADER);
    for (int i = 0; i < 400000; i++)
        g_string_append_printf(text, "PCT,,c%d,%d,%d,,,,\n", i % 4000, 1900 + i / 4000, i % 100);
    g_auto(Folder) folder = PLAN_FOLDER({"big.csv", text->str});
    g_auto(Run) plain = RUN(&folder, "ingest", ".", "big.csv", "--dry-run", "--format", "csv");
    assert_exit(plain, 0);
    assert_lacks(plain.err, "rows"); /* standard error is no terminal here */
    g_auto(Run) json = RUN(&folder, "ingest", ".", "big.csv", "--dry-run", "--progress", "json", "--format", "csv");
    assert_contains(json.err, "{\"event\":\"rows\",\"what\":\"big.csv\",\"done\":");
    g_auto(Run) bad = RUN(&folder, "ingest", ".", "big.csv", "--progress", "loud");
    assert_exit(bad, 2);
}

static void a_bad_recipe_is_told_at_its_line(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"r.ini", "[columns]\nunit = a\ncolour = b\n"});
    g_auto(Run) check = RUN(&folder, "recipe", "check", "r.ini");
    assert_exit(check, 3);
    assert_contains(check.err, "r.ini:3: [columns] has an unknown key “colour”");
}

static void a_verb_that_is_none_is_a_usage_error(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"wide.csv", WIDE});
    g_auto(Run) run = RUN(&folder, "recipe", "write", "wide.csv");
    assert_exit(run, 2);
    assert_contains(run.err, "say guess, indicators or units and one FILE, or check RECIPE…");
}

static void a_dry_run_shows_what_is_refused_and_revised(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"recipes/w.ini", WIDE_RECIPE}, {"wide.csv", WIDE},
                    {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,N1,,2021-01,40,2,5,,\nPCT,S1,,2021-01,52,,,,\n"});
    g_auto(Run) first = RUN(&folder, "ingest", ".", "drops/2021-02-28/x.csv", "--received", "2021-02-28");
    assert_exit(first, 0);
    g_auto(Run) table = RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-03-31", "--dry-run", "--format", "table");
    assert_exit(table, 0);
    assert_contains(table.out, "wide.csv     0     2       3        1          1            1\n");
    assert_contains(table.out, "\nRefused\n");
    assert_contains(table.out, "wide.csv     3       3  bad_number  value “nothing” is neither a figure nor a marker\n");
    assert_contains(table.out, "\nRevised\n");
    assert_contains(table.out, "PCT        N1            2021-01  40 (2 of 5)  41        1\n");

    g_auto(Run) refused =
        RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-03-31", "--dry-run", "--show", "refused", "--format", "csv");
    assert_string_equal(
        refused.out, "file,line,column,code,message\nwide.csv,3,3,bad_number,value “nothing” is neither a figure nor a marker\n");
    g_auto(Run) revised =
        RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-03-31", "--dry-run", "--show", "revised", "--format", "csv");
    assert_string_equal(revised.out,
                        "file,indicator,unit,cohort,period,was,now,change\nwide.csv,PCT,N1,,2021-01,40 (2 of 5),41,1\n");
    g_auto(Run) all =
        RUN(&folder, "ingest", ".", "wide.csv", "--received", "2021-03-31", "--dry-run", "--show", "all", "--format", "json");
    assert_contains(all.out, "{\"files\": [");
    assert_contains(all.out, "\"refused\": [");
    assert_contains(all.out, "\"revised\": [");
    assert_false(folder_has(&folder, "drops/2021-03-31"));
}

static void a_contradiction_in_a_wide_file_is_told_with_its_column(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"recipes/w.ini", WIDE_RECIPE}, {"wide.csv", "Area,Jan-21,Feb-21\nNorth,41,50\nNorth,41,51\n"});
    g_auto(Run) run = RUN(&folder, "ingest", ".", "wide.csv", "--dry-run", "--show", "refused", "--format", "csv");
    assert_exit(run, 0);
    assert_contains(run.out, "\nwide.csv,3,3,conflicting_row,");
}

static void a_dry_run_makes_no_store(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"recipes/w.ini", WIDE_RECIPE}, {"wide.csv", WIDE});
    g_autofree char *before = fingerprint(&folder, ".");
    g_auto(Run) run = RUN(&folder, "ingest", ".", "wide.csv", "--dry-run", "--format", "csv");
    assert_exit(run, 0);
    assert_contains(run.out, "wide.csv,0,2,3,0,0,1\n");
    g_autofree char *after = fingerprint(&folder, ".");
    assert_string_equal(after, before);
    assert_false(folder_has(&folder, "waymark.db"));
}

static void one_table_fits_a_csv(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"wide.csv", WIDE});
    g_auto(Run) all = RUN(&folder, "ingest", ".", "wide.csv", "--dry-run", "--show", "all", "--format", "csv");
    assert_exit(all, 2);
    assert_contains(all.err, "a CSV holds one table");
    g_auto(Run) wet = RUN(&folder, "ingest", ".", "wide.csv", "--show", "refused");
    assert_exit(wet, 2);
    assert_contains(wet.err, "--show is for a dry run; add --dry-run");
}

static void a_file_s_oddities_are_told(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"x.csv", "indicator,period,value,region\nPCT,2020-10,0.48,a\nPCT,2020-11,0.5,a\nPCT,2020-12,1,a\n"});
    g_auto(Run) run = RUN(&folder, "ingest", ".", "x.csv", "--received", "2021-01-31", "--format", "csv");
    assert_exit(run, 0);
    assert_contains(run.err, "x.csv:1:4: info: column region is kept, not used");
    assert_contains(run.err,
                    "x.csv: warning: all 3 figures of PCT lie between 0 and 1, and percents go to 100; if 0.48 is meant as 48%, "
                    "say scale = 100 in the recipe");
}

static void what_is_exported_is_in_a_drop_s_columns(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", DROP_HEADER "PCT,N1,boys,2021-01,25,1,4,,a note\nPCT,,,2021-01,[c],,,,\n"});
    g_auto(Run) ingest = RUN(&folder, "ingest", ".", "x.csv", "--received", "2021-02-28");
    assert_exit(ingest, 0);
    g_auto(Run) csv = RUN(&folder, "export", ".", "--format", "csv");
    assert_exit(csv, 0);
    assert_string_equal(csv.out, DROP_HEADER "PCT,,,2021-01,,,,suppressed,\nPCT,N1,boys,2021-01,25,1,4,final,a note\n");
    g_auto(Run) json = RUN(&folder, "export", ".", "--unit", "E1", "--format", "json");
    assert_contains(json.out, "\"value\":\t25,");
    assert_lacks(json.out, "suppressed");
    g_auto(Run) vintages = RUN(&folder, "export", ".", "--unit", "Ourland", "--all-vintages", "--format", "csv");
    assert_contains(vintages.out, "PCT,,,2021-01,,,,suppressed,,1,2021-02-28\n");
    g_auto(Run) unknown = RUN(&folder, "export", ".", "--unit", "X9");
    assert_exit(unknown, 2);
    assert_contains(unknown.err, "there is no unit “X9”; units.csv lists them");
}

int main(void)
{
    ADD(a_guess_is_printed_and_can_be_checked);
    ADD(a_guess_keeps_to_the_plan);
    ADD(units_and_indicators_are_printed_as_tables);
    ADD(a_corrected_recipe_reads_a_drop_again);
    ADD(drops_are_withdrawn_by_number_or_file);
    ADD(a_numbered_name_has_its_recipe_and_an_overruled_figure_is_told);
    ADD(what_an_export_leaves_out_is_said);
    ADD(how_far_an_ingest_is_can_be_told_in_json);
    ADD(a_bad_recipe_is_told_at_its_line);
    ADD(a_verb_that_is_none_is_a_usage_error);
    ADD(a_dry_run_shows_what_is_refused_and_revised);
    ADD(a_contradiction_in_a_wide_file_is_told_with_its_column);
    ADD(a_dry_run_makes_no_store);
    ADD(one_table_fits_a_csv);
    ADD(a_file_s_oddities_are_told);
    ADD(what_is_exported_is_in_a_drop_s_columns);
    return run_cases("recipe_command");
}
