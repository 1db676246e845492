/* The records of exceptions: an identity from month to month, levels, recovery dates, suppression, and how one closed. */
#include <string.h>

#include "core/fixture_random.h"
#include "data/fixture_month.h"

#define N_MONTHS 12

/* On a flat path at 50, without anything held: 55 is green, 46 amber, 30 red. */
#define INI                                                                                                                     \
    "[plan]\ntitle = Test plan\narea = Ourland\nowner_role = Director\nstart = 2020-12-01\n\n[model]\nmodel = ols\n\n"          \
    "[policy]\nhold_readings = 1\nsignal_exceptions = no\non = green, green, green, green\nnear = amber, amber, amber, amber\n" \
    "off = red, red, red, red\n"
#define COMMENTARY "indicator,unit,as_at,explanation,recovery,recovery_due,author_role\n"
#define SUPPRESSED "indicator,unit,reason,by_role,from,expires\n"

static double value_of(char letter)
{
    return letter == 'R' ? 30 : letter == 'A' ? 46 : 55;
}

/* Months from January 2021, a letter each: a drop at the month's end with that month's reading. */
static Folder plan_of(const char *letters, const PlanFile *file)
{
    Folder folder = PLAN_FOLDER(
        {"plan.ini", INI}, {"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n"},
        {"baselines.csv", "indicator,value,as_at\nPCT,50,2020-12\n"}, {"targets.csv", "indicator,due,target\nPCT,2029-12,50\n"});
    if (file)
        folder_write(&folder, file->name, file->text);
    for (int i = 0; letters[i]; i++)
        folder_write(&folder, text_of("drops/%d-%02d/x.csv", 2021 + i / 12, 1 + i % 12),
                     text_of(DROP_HEADER "PCT,,,%d-%02d,%g,,,,\n", 2021 + i / 12, 1 + i % 12, value_of(letters[i])));
    return folder;
}

static const char *month_text(int i)
{
    char text[WM_PERIOD_TEXT];
    return text_of("%s", wm_day_format_iso(wm_day_month_end(wm_day_from_date(2021 + i / 12, 1 + i % 12, 1)), text));
}

/* "PCT@2021-02-28 opened 0; …": what the month records, each with its level and, once closed, how. New. */
static char *records_text(const WmMonth *month)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < month->n_records; i++) {
        const WmExceptionRecord *one = &month->records[i];
        g_string_append_printf(out, "%s%s %s %s", i ? "; " : "", one->id, wm_exception_state_name(one->state),
                               one->state == WM_EXCEPTION_CLOSED ? wm_closing_name(one->closing)
                               : one->suppression                ? "suppressed"
                                                                 : text_of("%zu", one->level));
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    const char *name;
    const char *letters;
    PlanFile file;
    const char *as_at;
    const char *records;
} RecordCase;

static const RecordCase RECORDS[] = {
    {"quiet", "GG", {0}, "2021-02-28", ""},
    {"opened", "GR", {0}, "2021-02-28", "PCT@2021-02-28 opened 0"},
    {"the first report opens all", "R", {0}, "2021-01-31", "PCT@2021-01-31 opened 0"},
    {"continuing", "GRR", {0}, "2021-03-31", "PCT@2021-02-28 continuing 0"},
    {"worsened", "GAR", {0}, "2021-03-31", "PCT@2021-02-28 worsened 0"},
    {"improving", "GRA", {0}, "2021-03-31", "PCT@2021-02-28 improving 0"},
    {"two months red is a level up", "GRRR", {0}, "2021-04-30", "PCT@2021-02-28 continuing 1"},
    {"amber in between starts the clock again", "GRARR", {0}, "2021-05-31", "PCT@2021-02-28 continuing 0"},
    {"closed is told once", "GRRG", {0}, "2021-04-30", "PCT@2021-02-28 closed recovered"},
    {"and not twice", "GRRGG", {0}, "2021-05-31", ""},
    {"reopened is another one", "GRGR", {0}, "2021-04-30", "PCT@2021-04-30 opened 0"},
    {"stale readings close without a word of praise", "GR", {0}, "2021-12-31", "PCT@2021-02-28 closed not_judged"},
    {"a person's green closes",
     "GRR",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,green,why,Head,2021-03,\n"},
     "2021-03-31",
     "PCT@2021-02-28 closed overridden"},
    {"and stops no clock",
     "GRRRR",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,green,why,Head,2021-03,2021-04-15\n"},
     "2021-04-30",
     "PCT@2021-04-30 opened 1"},
    {"a person's amber that ran out",
     "GGG",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,why,Head,2021-02,2021-03-15\n"},
     "2021-03-31",
     "PCT@2021-02-28 closed word_over"},
    {"a recovery date of the exception before is none of this one",
     "RGGR",
     {"commentary.csv", COMMENTARY "PCT,,2021-01-31,why,what,2021-03-15,Lead\n"},
     "2021-04-30",
     "PCT@2021-04-30 opened 0"},
    {"a person's amber does not stop the clock",
     "GRRR",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,why,Head,2021-03,\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1"},
    {"a person's amber is no better than the red of the figures",
     "GRR",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,why,Head,2021-03,\n"},
     "2021-03-31",
     "PCT@2021-02-28 continuing 0"},
    {"nor is it worse once that ran out",
     "GRR",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,why,Head,2021-02,2021-02\n"},
     "2021-03-31",
     "PCT@2021-02-28 continuing 0"},
    {"a rule and levels of one's own",
     "GRRR",
     {"plan.ini", INI "escalate = red 1\nlevels = A, B\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1"},
    {"no rule", "GRRR", {"plan.ini", INI "escalate = none\n"}, "2021-04-30", "PCT@2021-02-28 continuing 0"},
    {"recovery in time",
     "GRR",
     {"commentary.csv", COMMENTARY "PCT,,2021-02-28,why,what,2021-04,Lead\n"},
     "2021-03-31",
     "PCT@2021-02-28 continuing 0"},
    {"a missed recovery date is an exception itself",
     "GRR",
     {"commentary.csv", COMMENTARY "PCT,,2021-02-28,why,what,2021-02-28,Lead\n"},
     "2021-03-31",
     "PCT@2021-02-28 continuing 0; PCT@2021-02-28+recovery opened 0"},
    {"and goes on",
     "GRRR",
     {"commentary.csv", COMMENTARY "PCT,*,2021-02-28,why,what,2021-02-28,Lead\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1; PCT@2021-02-28+recovery continuing 0"},
    {"a new date settles it",
     "GRRR",
     {"commentary.csv", COMMENTARY "PCT,,2021-02-28,why,what,2021-02-28,Lead\nPCT,,2021-04-15,why,what,2021-09,Lead\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1; PCT@2021-02-28+recovery closed redated"},
    {"recovery settles it",
     "GRRG",
     {"commentary.csv", COMMENTARY "PCT,,2021-02-28,why,what,2021-02-28,Lead\n"},
     "2021-04-30",
     "PCT@2021-02-28 closed recovered; PCT@2021-02-28+recovery closed recovered"},
    {"suppressed",
     "GRRR",
     {"suppressions.csv", SUPPRESSED "PCT,,known,Chair,2021-03,2021-04\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing suppressed"},
    {"not before it begins",
     "GRRR",
     {"suppressions.csv", SUPPRESSED "PCT,,known,Chair,2021-06,2021-07\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1"},
    {"nor after it ran out, with the age that it has",
     "GRRR",
     {"suppressions.csv", SUPPRESSED "PCT,,known,Chair,2021-02,2021-03\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1"},
    {"without an expiry it is none",
     "GRRR",
     {"suppressions.csv", SUPPRESSED "PCT,,known,Chair,2021-02,\n"},
     "2021-04-30",
     "PCT@2021-02-28 continuing 1"},
};

static void a_month_records_its_exceptions(void **state)
{
    const RecordCase *row = *state;
    g_auto(Folder) folder = plan_of(row->letters, row->file.name ? &row->file : NULL);
    g_auto(Loaded) loaded = month_load(&folder, row->as_at);
    g_autofree char *records = records_text(loaded.month);
    assert_string_equal(records, row->records);
}

/* Every exception is opened once and closed once, keeps its id in between, and is what the status of the day says. */
static void an_identity_lasts_from_opening_to_closing(void **state)
{
    (void)state;
    Random random = {11};
    for (int round = 0; round < 4; round++) {
        char letters[N_MONTHS + 1] = "";
        for (int i = 0; i < N_MONTHS; i++)
            letters[i] = "GGARRR"[random_between(&random, 0, 5)];
        g_auto(Folder) folder = plan_of(letters, NULL);
        g_auto(Loaded) loaded = drops_load(&folder);
        g_autofree char *open_id = NULL;
        for (int i = 0; i < N_MONTHS; i++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(WmMonth) month =
                wm_month_new(loaded.plan, loaded.store, day_of(month_text(i)), WM_NO_DAY, loaded.problems, &error);
            assert_null(error);
            const gboolean is_raised = letters[i] != 'G';
            assert_int_equal(month->n_records, is_raised || open_id ? 1 : 0);
            if (month->n_records == 0)
                continue;
            const WmExceptionRecord *one = &month->records[0];
            assert_int_equal(one->state == WM_EXCEPTION_OPENED, open_id == NULL);
            assert_int_equal(one->state == WM_EXCEPTION_CLOSED, !is_raised);
            if (open_id)
                assert_string_equal(one->id, open_id);
            g_free(open_id);
            open_id = is_raised ? g_strdup(one->id) : NULL;
        }
    }
}

static void which_report_one_compares_with_changes_no_identity(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_of("GRRRRG", NULL);
    g_auto(Loaded) loaded = drops_load(&folder);
    static const char *const SINCE[] = {"2021-01-31", "2021-02-10", "2021-03-15", "2021-04-30", "2021-05-20"};
    for (size_t i = 0; i < G_N_ELEMENTS(SINCE); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WmMonth) open =
            wm_month_new(loaded.plan, loaded.store, day_of("2021-05-31"), day_of(SINCE[i]), loaded.problems, &error);
        g_autoptr(WmMonth) closed =
            wm_month_new(loaded.plan, loaded.store, day_of("2021-06-30"), day_of(SINCE[i]), loaded.problems, &error);
        assert_null(error);
        g_autofree char *records = records_text(open);
        assert_true(g_str_has_prefix(records, "PCT@2021-02-28 "));
        assert_int_equal(open->records[0].state == WM_EXCEPTION_OPENED, i < 2);
        g_autofree char *ended = records_text(closed);
        assert_string_equal(ended, "PCT@2021-02-28 closed recovered");
        assert_int_equal(closed->records[0].closed, day_of("2021-06-30"));
    }
}

static void a_suppressed_exception_is_not_before_the_board(void **state)
{
    (void)state;
    const PlanFile file = {"suppressions.csv", SUPPRESSED "PCT,,\"known, and in hand\",Chair,2021-03,2021-04\n"};
    g_auto(Folder) folder = plan_of("GRRR", &file);
    g_auto(Loaded) loaded = month_load(&folder, "2021-04-30");
    assert_int_equal(loaded.month->n_exceptions, 0);
    assert_true(loaded.month->series[0].is_exception);
    assert_int_equal(loaded.month->records[0].level, 0);
    assert_lacks(loaded.month->records[0].sentence, "escalated");
    assert_contains(loaded.month->records[0].sentence, "Suppressed until 30 Apr 2021 by Chair: known, and in hand");
    g_auto(Loaded) later = month_load(&folder, "2021-05-01");
    assert_int_equal(later.month->n_exceptions, 1);
    assert_contains(later.month->records[0].sentence, "Its suppression ran out on 30 Apr 2021.");
    assert_contains(problem_of(later.month->problems, "suppression_expired")->message, "ran out on 30 Apr 2021");
}

static void a_rule_may_count_a_missed_date(void **state)
{
    (void)state;
    const PlanFile file = {"commentary.csv", COMMENTARY "PCT,,2021-02-28,why,what,2021-02-28,Lead\n"};
    g_auto(Folder) folder = plan_of("GRRR", &file);
    folder_write(&folder, "plan.ini", INI "escalate = missed 1\n");
    g_auto(Loaded) loaded = month_load(&folder, "2021-04-30");
    g_autofree char *records = records_text(loaded.month);
    assert_string_equal(records, "PCT@2021-02-28 continuing 2; PCT@2021-02-28+recovery continuing 2");
    assert_string_equal(loaded.month->records[1].owner_role, "Lead");
    assert_contains(loaded.month->records[1].sentence,
                    "Recovery was due by 28 Feb 2021, 2 months ago, and the measure is still red. "
                    "Past its recovery date for 2 months: escalated to Scrutiny committee.");
}

static void a_suppression_says_why_and_until_when(void **state)
{
    (void)state;
    const PlanFile file = {"suppressions.csv", SUPPRESSED
                           "PCT,,known,Chair,,\nPCT,,,Chair,,2021-04\nPCT,,known,,,2021-04\nXXX,,known,Chair,,2021-04\n"};
    g_auto(Folder) folder = plan_of("G", &file);
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    assert_int_equal(problem_count(loaded.problems, "empty_field"), 3);
    assert_int_equal(problem_count(loaded.problems, "unknown_indicator"), 1);
    assert_int_equal(loaded.plan->n_suppressions, 1);
}

typedef struct {
    const char *name;
    const char *lines;
    int red, amber, missed;
    const char *levels; /* names, with | after each */
    size_t n_problems;
} RuleCase;

#define STANDARD_LEVELS "Improvement Board|Executive group|Scrutiny committee|"

static const RuleCase RULES[] = {
    {"by default", "", 2, 0, 0, STANDARD_LEVELS, 0},
    {"clocks", "escalate = red 3, AMBER 6,missed 1\n", 3, 6, 1, STANDARD_LEVELS, 0},
    {"none", "escalate = none\n", 0, 0, 0, STANDARD_LEVELS, 0},
    {"levels", "levels = SIB, CEG\n", 2, 0, 0, "SIB|CEG|", 0},
    {"no such clock", "escalate = pink 2\n", 2, 0, 0, STANDARD_LEVELS, 1},
    {"no months", "escalate = red\n", 2, 0, 0, STANDARD_LEVELS, 1},
    {"nought months", "escalate = red 0\n", 2, 0, 0, STANDARD_LEVELS, 1},
    {"a clock twice", "escalate = red 2, red 3\n", 2, 0, 0, STANDARD_LEVELS, 1},
    {"an empty level", "levels = SIB,,CEG\n", 2, 0, 0, STANDARD_LEVELS, 1},
    {"nine levels", "levels = 1,2,3,4,5,6,7,8,9\n", 2, 0, 0, STANDARD_LEVELS, 1},
    {"the board is the first", "[reports]\nboard = SIB\n", 2, 0, 0, "SIB|Executive group|Scrutiny committee|", 0},
};

static void a_rule_of_escalation_is_read(void **state)
{
    const RuleCase *row = *state;
    const PlanFile file = {"plan.ini", text_of("%s%s", INI, row->lines)};
    g_auto(Folder) folder = plan_of("G", &file);
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmPlanSettings *settings = &loaded.plan->settings;
    g_autoptr(GString) levels = g_string_new(NULL);
    for (size_t i = 0; i < settings->escalation.n_levels; i++)
        g_string_append_printf(levels, "%s|", settings->levels[i]);
    assert_int_equal(settings->escalation.months[WM_CLOCK_RED], row->red);
    assert_int_equal(settings->escalation.months[WM_CLOCK_AMBER], row->amber);
    assert_int_equal(settings->escalation.months[WM_CLOCK_MISSED], row->missed);
    assert_string_equal(levels->str, row->levels);
    assert_int_equal(problem_count(loaded.problems, "bad_escalation"), row->n_problems);
    assert_int_equal(problem_count(loaded.problems, "unknown_key"), 0);
}

static void the_csv_has_a_row_a_record(void **state)
{
    (void)state;
    const PlanFile file = {"commentary.csv", COMMENTARY "PCT,,2021-02-28,\"=1+1, \"\"so\"\"\",what,2021-02-28,Lead\n"};
    g_auto(Folder) folder = plan_of("GRRR", &file);
    g_auto(Loaded) loaded = month_load(&folder, "2021-04-30");
    g_autofree char *csv = wm_month_exceptions_to_csv(loaded.month);
    assert_contains(csv, "exception,kind,indicator,unit,cohort,as_at,state,opened,age_months,status,");
    assert_contains(
        csv, "\nPCT@2021-02-28,status,PCT,,,2021-04-30,continuing,2021-02-28,2,red,red,red,2021-02-28,1,Executive group,red,");
    assert_contains(csv, "\nPCT@2021-02-28+recovery,recovery,PCT,");
    assert_contains(csv, "\"=1+1, \"\"so\"\"\"");
}

typedef struct {
    const char *name, *as_at;
    const char *row; /* of the csv, but for the sentence */
} RowCase;

/* Put off once, from March to April, and suppressed in May. */
static const RowCase ROWS[] = {
    {"it says when its recovery was due and how often that was put off", "2021-04-30",
     "PCT@2021-02-28,status,PCT,,,2021-04-30,continuing,2021-02-28,2,red,red,red,2021-02-28,1,Executive group,red,Head of "
     "SEND,later,"
     "more,2021-04-30,,1,Lead,2021-04-10,,,,,,,"},
    {"suppressed it has no level, and says by whom, why and until when", "2021-05-31",
     "PCT@2021-02-28,status,PCT,,,2021-05-31,continuing,2021-02-28,3,red,red,red,2021-02-28,,,,Head of SEND,later,more,2021-04-30,"
     "2021-04-30,1,Lead,2021-04-10,,,2021-05-31,Chair,known,,"},
    {"and then when that ran out", "2021-06-30",
     "PCT@2021-02-28,status,PCT,,,2021-06-30,continuing,2021-02-28,4,red,red,red,2021-02-28,2,Scrutiny committee,red,Head of "
     "SEND,later,"
     "more,2021-04-30,2021-04-30,1,Lead,2021-04-10,,,,,,2021-05-31,"},
    {"set by a person, it shows both statuses", "2021-07-31",
     "PCT@2021-02-28,status,PCT,,,2021-07-31,continuing,2021-02-28,5,amber,red,red,2021-02-28,2,Scrutiny committee,red,Head of "
     "SEND,later,"
     "more,2021-04-30,2021-04-30,1,Lead,2021-04-10,,,,,,2021-05-31,"},
    {"closed, it says how and when", "2021-08-31",
     "PCT@2021-02-28,status,PCT,,,2021-08-31,closed,2021-02-28,6,green,green,amber,,,,,Head of "
     "SEND,later,more,2021-04-30,2021-04-30,1,"
     "Lead,2021-04-10,2021-08-31,recovered,,,,,"},
};

static void every_column_of_the_csv_is_as_the_month_was(void **state)
{
    const RowCase *row = *state;
    g_auto(Folder) folder = plan_of("GRRRRRRG", NULL);
    folder_write(&folder, "commentary.csv",
                 COMMENTARY "PCT,,2021-03-01,why,what,2021-03-31,Lead\nPCT,,2021-04-10,later,more,2021-04-30,Lead\n");
    folder_write(&folder, "suppressions.csv", SUPPRESSED "PCT,,known,Chair,2021-05,2021-05\n");
    folder_write(&folder, "overrides.csv",
                 "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,audited,Head,2021-07-01,2021-07-31\n");
    g_auto(Loaded) loaded = month_load(&folder, row->as_at);
    g_autofree char *csv = wm_month_exceptions_to_csv(loaded.month);
    assert_contains(csv, text_of("\n%s", row->row));
}

int main(void)
{
    ADD_TABLE(ROWS, every_column_of_the_csv_is_as_the_month_was);
    ADD_TABLE(RECORDS, a_month_records_its_exceptions);
    ADD_TABLE(RULES, a_rule_of_escalation_is_read);
    ADD(an_identity_lasts_from_opening_to_closing);
    ADD(which_report_one_compares_with_changes_no_identity);
    ADD(a_suppressed_exception_is_not_before_the_board);
    ADD(a_rule_may_count_a_missed_date);
    ADD(a_suppression_says_why_and_until_when);
    ADD(the_csv_has_a_row_a_record);
    return run_cases("exceptions");
}
