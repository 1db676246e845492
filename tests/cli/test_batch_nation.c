/* waymark batch of a nation: a pack for every unit, the same whatever the number of processes and of interruptions. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "cli/fixture_batch.h"

#define N_FIGURES 32 /* columns of assessments.csv before the sentence */

static char *outputs(const Folder *self)
{
    g_autofree char *log = folder_path(self, "batch/log.jsonl");
    assert_int_equal(g_unlink(log), 0); /* it tells of time */
    return fingerprint(self, "batch");
}

static void every_unit_gets_a_pack_of_its_own_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    g_auto(Run) run = RUN(&folder, "batch", ".");
    assert_exit(run, 0);
    assert_contains(run.err, "2 new drops");
    assert_contains(run.err, text_of("%d packs made", BATCH_AREAS));
    assert_contains(run.out, "\nU3,Area 3 <&>,2021-01-31,done,5,");
    g_autofree char *report = folder_read(&folder, "batch/packs/U3/exception-report.html"),
                    *index = folder_read(&folder, "batch/index.html"), *checks = folder_read(&folder, "batch/checks.csv");
    assert_contains(report, "Area 3 &lt;&amp;&gt;");
    assert_lacks(report, "Area 4");
    assert_contains(index, "Area 11 &lt;&amp;&gt;");
    assert_contains(checks, "words"); /* the row that was refused is told once, and in no pack */
    g_autofree char *pack_checks = folder_read(&folder, "batch/packs/U1/checks.csv");
    assert_lacks(pack_checks, "words");
}

static void a_unit_may_be_called_as_the_nation_s_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", "unit,name\n_area,Area of that name\n"},
                                        {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\nPCT,_area,,Dec-20,55,,,,\n"});
    g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none");
    assert_exit(run, 0);
    g_autofree char *nation = folder_read(&folder, "batch/packs/_area/assessments.csv"),
                    *unit = folder_read(&folder, "batch/packs/_area~unit/assessments.csv");
    assert_contains(nation, ",44,");
    assert_contains(unit, ",55,");
}

/* Rows of a unit's series, without the columns that are about all series of a month together: signal_q and its caution. */
static void every_series_is_as_in_the_whole_plans_month(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    g_auto(Run) batch = RUN(&folder, "batch", ".", "--quiet"), run = RUN(&folder, "run", ".", "--out", "whole", "--quiet");
    assert_exit(batch, 0);
    assert_exit(run, 0);
    g_autofree char *all = folder_read(&folder, "batch/assessments.csv"), *whole = folder_read(&folder, "whole/assessments.csv");
    g_auto(GStrv) rows = g_strsplit(all, "\n", -1);
    guint n_compared = 0;
    for (char **row = rows; *row; row++) {
        if (!strstr(*row, "PCT,U"))
            continue;
        g_auto(GStrv) fields = g_strsplit(strchr(*row, ',') + 1, ",", N_FIGURES + 1);
        assert_int_equal(g_strv_length(fields), N_FIGURES + 1);
        g_clear_pointer(&fields[N_FIGURES], g_free); /* the sentence and what follows */
        g_autofree char *figures = g_strjoinv(",", fields);
        assert_contains(whole, figures);
        n_compared++;
    }
    assert_int_equal(n_compared, BATCH_AREAS);
    g_autofree char *areas = folder_read(&folder, "batch/areas.csv"), *whole_areas = folder_read(&folder, "whole/areas.csv");
    assert_string_equal(areas, whole_areas); /* units are ranked without assessing them together */
}

static void each_measure_has_a_page_of_all_areas(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none", "--quiet", "--pdf");
    assert_exit(run, 0);
    g_autofree char *all = folder_read(&folder, "batch/areas.csv"), *index = folder_read(&folder, "batch/index.html");
    static const char *const MEASURES[] = {"PCT", "DUR"};
    for (size_t i = 0; i < N_ELEMENTS(MEASURES); i++) {
        g_autofree char *html = folder_read(&folder, text_of("batch/areas/%s.html", MEASURES[i])),
                        *csv = folder_read(&folder, text_of("batch/areas/%s.csv", MEASURES[i]));
        assert_contains(index, text_of("href=\"./areas/%s.html\"", MEASURES[i]));
        assert_true(folder_has(&folder, text_of("batch/areas/%s.pdf", MEASURES[i])));
        assert_contains(all, strchr(csv, '\n') + 1);
        for (int u = 0; u < BATCH_AREAS; u++)
            assert_contains(html, text_of(">Area %d &lt;&amp;&gt;", u));
        assert_contains(html, ">Rank</th>");
        assert_contains(html, ">Quarter</th>");
    }
    assert_false(folder_has(&folder, "batch/areas/TXT.html")); /* nothing to rank */
    assert_lacks(index, "./areas/TXT.html");

    g_autofree char *rows = folder_path(&folder, "batch/areas.csv"), *page = folder_path(&folder, "batch/areas/PCT.html");
    assert_int_equal(remove(rows), 0); /* as an interrupted batch leaves it */
    assert_int_equal(remove(page), 0);
    g_auto(Run) again = RUN(&folder, "batch", ".", "--charts", "none", "--pdf");
    assert_exit(again, 0);
    assert_contains(again.err, "0 packs made, 12 unchanged");
    g_autofree char *rows_again = folder_read(&folder, "batch/areas.csv"), *index_again = folder_read(&folder, "batch/index.html");
    assert_string_equal(rows_again, all);
    assert_string_equal(index_again, index);
    assert_true(folder_has(&folder, "batch/areas/PCT.html"));
}

static void a_measure_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    folder_write(&folder, "batch/areas", "a file in the folder's place\n");
    g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none", "--quiet");
    assert_exit(run, 4);
    assert_contains(run.err, "waymark batch: PCT of all areas: ");
    assert_contains(run.err, "areas.csv was not made");
    assert_false(folder_has(&folder, "batch/areas.csv"));
    g_autofree char *index = folder_read(&folder, "batch/index.html"); /* the packs stand for themselves */
    assert_contains(index, "assessments.csv");
    assert_lacks(index, "areas.csv");
}

static void the_number_of_jobs_changes_no_byte(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation(), other = batch_nation();
    g_auto(Run) one = RUN(&folder, "batch", ".", "--jobs", "1", "--quiet"),
                many = RUN(&other, "batch", ".", "--jobs", "5", "--quiet");
    assert_exit(one, 0);
    assert_exit(many, 0);
    assert_string_equal(one.out, many.out);
    g_autofree char *expected = outputs(&folder), *actual = outputs(&other);
    /* keys and all: the folders differ, the plans do not */
    assert_string_equal(actual, expected);
}

static void a_log_tells_each_pack_and_how_long_it_will_take(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    g_auto(Run) run = RUN(&folder, "batch", ".", "--progress", "json");
    assert_exit(run, 0);
    g_autofree char *log = folder_read(&folder, "batch/log.jsonl");
    g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
    assert_int_equal(g_strv_length(lines), BATCH_AREAS + 3); /* begin, end, and what follows the last line's end */
    assert_contains(lines[0], "{\"event\":\"begin\",");
    assert_contains(log, "\"pack\":\"U7\",\"state\":\"made\",");
    assert_contains(lines[BATCH_AREAS], text_of("\"done\":%d,\"of\":%d,", BATCH_AREAS, BATCH_AREAS));
    assert_contains(lines[BATCH_AREAS], "\"seconds_left\":0.0");
    assert_contains(lines[BATCH_AREAS + 1], "{\"event\":\"end\",");
    assert_contains(run.err, lines[BATCH_AREAS]);
}

static void an_interrupted_batch_goes_on_to_the_same_bytes(void **state)
{
    (void)state;
    static const char *const WORDS[] = {"batch", ".", "--jobs", "2", "--charts", "svg,png", NULL};
    g_auto(Folder) folder = batch_nation(), undisturbed = batch_nation();
    const pid_t child = run_begin(&folder, WORDS);
    for (int i = 0; i < 2000 && !folder_has(&folder, "batch/packs/U2/record.json"); i++)
        g_usleep(5000);
    kill(child, SIGINT);
    assert_int_equal(run_end(child), 5);
    assert_false(folder_has(&folder, text_of("batch/packs/U%d/record.json", BATCH_AREAS - 1)));
    assert_false(folder_has(&folder, "batch/index.html"));
    g_autofree char *log = folder_read(&folder, "batch/log.jsonl");
    assert_contains(log, "{\"event\":\"interrupted\",");

    g_auto(Run) again = run_in(&folder, WORDS), whole = run_in(&undisturbed, WORDS);
    assert_exit(again, 0);
    assert_exit(whole, 0);
    assert_lacks(again.err, " 0 unchanged"); /* what was done is not done again */
    g_autofree char *expected = outputs(&undisturbed), *actual = outputs(&folder);
    assert_string_equal(actual, expected);
}

/* What is about no single unit is in no pack, and counts all the same; a second run finds it, too. */
static void a_row_of_the_nation_s_files_that_is_refused_is_a_finding(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    for (int i = 0; i < 2; i++) {
        g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none", "--fail-on", "error");
        assert_exit(run, 1);
        assert_contains(run.err, i == 0 ? "12 packs made" : "0 packs made");
    }
    g_auto(Run) plain = RUN(&folder, "batch", ".", "--charts", "none");
    assert_exit(plain, 0);
}

int main(void)
{
    ADD(every_unit_gets_a_pack_of_its_own_name);
    ADD(a_unit_may_be_called_as_the_nation_s_pack);
    ADD(every_series_is_as_in_the_whole_plans_month);
    ADD(each_measure_has_a_page_of_all_areas);
    ADD(a_measure_that_cannot_be_written_is_told);
    ADD(the_number_of_jobs_changes_no_byte);
    ADD(a_log_tells_each_pack_and_how_long_it_will_take);
    ADD(an_interrupted_batch_goes_on_to_the_same_bytes);
    ADD(a_row_of_the_nation_s_files_that_is_refused_is_a_finding);
    return run_cases("batch_nation");
}
