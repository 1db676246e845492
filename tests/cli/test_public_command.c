/* A public pack: nothing in it, in whatever format, says what is hidden; the internal pack says all. */
#include <string.h>

#include "cli/fixture_command.h"
#include "data/fixture_workbook.h"

/* Figures with digits of their own, so that finding one anywhere means that it leaked. Nine thousand stand for four. */
#define INI                                                                                                              \
    "[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n[public]\nsmall = 9000\ndenominator = 9999\nopen = " \
    "OPEN\n"
#define INDICATORS                                                                              \
    "indicator,title,kind,measure_unit,polarity,frequency,formula\n"                            \
    "CNT,People waiting,count,people,lower,month,\nPCT,Plans on time,percent,%,higher,month,\n" \
    "TWICE,Twice as many,count,people,lower,month,CNT * 2\nOPEN,Leaflets,count,leaflets,higher,month,\n"
#define DROP                                                                                      \
    DROP_HEADER                                                                                   \
    "CNT,,,Oct-20,54537,,,,\nCNT,N1,,Oct-20,21368,,,,\nCNT,S1,,Oct-20,33169,,,,\n"                \
    "CNT,,,Nov-20,66644,,,,\nCNT,N1,,Nov-20,8731,,,,\nCNT,S1,,Nov-20,57913,,,,\n"                 \
    "CNT,,,Dec-20,44538,,,,\nCNT,N1,,Dec-20,0,,,,\nCNT,S1,,Dec-20,44538,,,,\n"                    \
    "PCT,,,Nov-20,,39590,159726,,\nPCT,N1,,Nov-20,,8417,79193,,\nPCT,S1,,Nov-20,,31173,80533,,\n" \
    "PCT,,girls,Dec-20,,39593,159731,,\nOPEN,,,Nov-20,3179,,,,\n"
#define OTHER_DROP DROP_HEADER "CNT,N1,,Oct-20,21379,,,,\n"

static Folder plan_new(void)
{
    return PLAN_FOLDER({"plan.ini", INI}, {"indicators.csv", INDICATORS},
                       {"baselines.csv", "indicator,unit,value,as_at\nCNT,N1,8731,2020-11\n"},
                       {"targets.csv", "indicator,unit,due,target\nCNT,*,2021-08-31,40000\nPCT,*,2021-08-31,50%\n"},
                       {"commentary.csv",
                        "indicator,unit,as_at,explanation\nPCT,N1,2020-12-31,Only 8417 were on time\nCNT,,2020-12-31,Fewer came\n"},
                       {"evidence.csv", "indicator,as_at,kind,summary\nCNT,2020-12-31,theme,8731 waited\n"},
                       {"drops/2020-12-31/x.csv", OTHER_DROP}, {"drops/2021-01-31/x.csv", DROP});
}

/* Text of a workbook, of a PDF where Poppler is there, or the file itself. New. */
static char *text_in(const char *path)
{
    if (g_str_has_suffix(path, ".xlsx")) {
        g_autoptr(XlsxFile) book = xlsx_open(path, NULL);
        GString *rows = g_string_new(NULL);
        size_t n;
        const XlsxSheet *sheets = xlsx_sheets(book, &n);
        for (size_t i = 0; i < n; i++)
            assert_true(xlsx_read_sheet(book, &sheets[i], collect_rows, rows, NULL, NULL));
        return g_string_free(rows, FALSE);
    }
    char *text = NULL;
    if (g_str_has_suffix(path, ".pdf")) {
        const char *const words[] = {"pdftotext", path, "-", NULL};
        g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL);
        return text ? text : g_strdup("");
    }
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

/* What every file below a folder says, each after its name. */
static void gather(const char *folder, GString *out)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            gather(path, out);
            continue;
        }
        g_autofree char *text = text_in(path);
        g_string_append_printf(out, "\n== %s\n%s", name, text);
    }
}

static const char *const HIDDEN[] = {"8731",  "8,731",  "57913",  "57,913", "8417",   "8,417",  "79193",   "31173", "31,173",
                                     "80533", "10.628", "38.708", "17462",  "17,462", "115826", "115,826", "21379"};

/* A pack is too long to be printed whole. */
static void check_pack(const char *all, const char *part, bool is_wanted)
{
    const char *at = strstr(all, part);
    if (is_wanted && !at)
        fail_msg("%s is not in the pack", part);
    if (!is_wanted && at)
        fail_msg("%s is in the pack: …%.120s…", part, at - MIN(at - all, 60));
}

static char *pack_text(const Folder *folder, const char *below)
{
    g_autofree char *path = folder_path(folder, below);
    GString *all = g_string_new(NULL);
    gather(path, all);
    return g_string_free(all, FALSE);
}

static void nothing_in_the_public_pack_says_what_is_hidden(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "svg,png,pdf", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *all = pack_text(&folder, "public");
    for (size_t i = 0; i < G_N_ELEMENTS(HIDDEN); i++)
        check_pack(all, HIDDEN[i], false);
    check_pack(all, "66644", true); /* the total stays */
    check_pack(all, "suppressed", true);
    check_pack(all, "3179", true); /* of what is not about people nothing is hidden */
    check_pack(all, "Withheld from the public pack", true);
    check_pack(all, "Public version.", true);
    check_pack(all, "\nCNT,N1,,2020-12,0,", true); /* nobody is nobody */
}

static void the_internal_pack_keeps_them(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "internal");
    assert_exit(run, 0);
    g_autofree char *all = pack_text(&folder, "internal");
    static const char *const KEPT[] = {"8731", "57913", "8417", "31173", "17462", " waited"};
    for (size_t i = 0; i < G_N_ELEMENTS(KEPT); i++)
        check_pack(all, KEPT[i], true);
    check_pack(all, "Public version.", false);
}

static void the_list_says_what_was_hidden_and_why(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *list = folder_read(&folder, "public.hidden.csv");
    assert_contains(list, "CNT,N1,,2020-11,small,8731,,,,,\n");
    assert_contains(list, "CNT,S1,,2020-11,secondary,57913,,,,,\n");
    assert_contains(list, "TWICE,N1,,2020-11,derived,17462,,,,,\n");
    assert_contains(list, "PCT,N1,,2020-11,small,");
    assert_contains(list, "PCT,S1,,2020-11,secondary,");
    assert_lacks(list, "OPEN");
    assert_lacks(list, "2020-12");
    assert_contains(run.err, "not for the public");
    assert_false(folder_has(&folder, "public/public.hidden.csv"));
}

/* In thousands, as above. */
#define ROUND_INI                                                                                                          \
    "[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n[public]\nmethod = round\nbase = 9000\nsmall = 4000\n" \
    "denominator = 9999\nopen = OPEN\n"

static void a_rounded_pack_shows_no_true_count(void **state)
{
    (void)state;
    static const char *const TRUE_COUNTS[] = {"54537", "21368", "21379", "33169",  "66644",  "8731",   "57913",  "44538",  "39590",
                                              "8417",  "79193", "31173", "159726", "10.628", "38.708", "54,537", "133288", "42758"};
    static const char *const SHOWN[] = {"CNT,,,2020-10,54000,", "CNT,N1,,2020-10,18000,",  "CNT,N1,,2020-12,0,",
                                        ",36000,162000,",       "TWICE,,,2020-11,126000,", "3179"};
    g_auto(Folder) folder = plan_new();
    folder_write(&folder, "plan.ini", ROUND_INI);
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *all = pack_text(&folder, "public");
    for (size_t i = 0; i < G_N_ELEMENTS(TRUE_COUNTS); i++)
        check_pack(all, TRUE_COUNTS[i], false);
    for (size_t i = 0; i < G_N_ELEMENTS(SHOWN); i++)
        check_pack(all, SHOWN[i], true);
    check_pack(all, "Withheld from the public pack", true);
    g_autofree char *list = folder_read(&folder, "public.hidden.csv");
    assert_contains(list, "CNT,N1,,2020-11,rounded,8731,,,9000,,\n");
    assert_contains(list, "PCT,,,2020-11,rounded,24.786");
    check_pack(all, "Counts are rounded to the nearest 9000", true);
    assert_lacks(list, "OPEN");
}

/* Two of 17 in the south: with 41 to 43 in the north the area's 43 to 47 would say that there is somebody. */
static void rounding_hides_what_sums_would_tell(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n[public]\nmethod = round\n"},
                    {"indicators.csv", "indicator,kind,frequency\nPCT,percent,month\n"},
                    {"units.csv", "unit,name,parent\nN,North,Ourland\nS,South,Ourland\n"},
                    {"drops/2021-01-31/x.csv", "indicator,unit,period,numerator,denominator\nPCT,,2020-11,43,120\n"
                                               "PCT,N,2020-11,41,103\nPCT,S,2020-11,2,17\nPCT,S,2020-12,3,6\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "none", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *list = folder_read(&folder, "public.hidden.csv");
    assert_contains(list, "PCT,,,2020-11,rounded,35.833333333333336,43,120,37.5,45,120\n");
    assert_contains(list, "PCT,N,,2020-11,secondary,");
    assert_contains(list, "PCT,S,,2020-11,rounded,11.76470588235294,2,17,0,0,15\n");
    assert_contains(list, "PCT,S,,2020-12,denominator,50,3,6,,,\n");
}

/* A formula says no more than the rounded figures that it is made of: 6 of 7 are 5 of 5, a share of few like any other. */
static void a_formula_is_made_of_what_is_printed(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n[public]\nmethod = round\n"},
        {"indicators.csv", "indicator,kind,frequency,formula\nISS,count,month,\nONT,count,month,\nLATE,count,month,ISS - ONT\n"
                           "PCT,percent,month,ONT / ISS\n"},
        {"drops/2021-01-31/x.csv", "indicator,period,value\nISS,2020-10,7\nONT,2020-10,6\nISS,2020-11,54\nONT,2020-11,52\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "none", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *readings = folder_read(&folder, "public/readings.csv"), *list = folder_read(&folder, "public.hidden.csv");
    assert_contains(readings, "LATE,,,2020-11,5,,,");
    assert_contains(readings, "PCT,,,2020-11,90.9090909090909,50,55,");
    assert_contains(readings, "PCT,,,2020-10,,,,suppressed,");
    assert_contains(list, "PCT,,,2020-10,denominator,85.71428571428571,6,7,,,\n");
}

/* Three and four more in a month are the difference of two totals to date, of which each is rounded. */
static void what_is_made_of_published_totals_is_made_of_rounded_ones(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-04-01\n[public]\nmethod = round\n"},
        {"indicators.csv", "indicator,kind,frequency,cumulative,formula\nM,count,month,yes,\nX,count,month,,in-year of M\n"},
        {"drops/2020-08-31/x.csv", "indicator,period,value\nM,2020-04,21\nM,2020-05,24\nM,2020-06,28\nM,2020-07,61\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "none", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *readings = folder_read(&folder, "public/readings.csv");
    assert_contains(readings, "X,,,2020-05,5,");
    assert_contains(readings, "X,,,2020-06,5,");
    assert_contains(readings, "X,,,2020-07,30,");
    assert_lacks(readings, ",33,");
}

/* A small difference of large figures: what of them must not be shown. */
typedef struct {
    const char *name, *kind, *formula, *hidden; /* X's kind and frequency */
} PartCase;

static const PartCase PART_CASES[] = {
    {"of_stored_parts", "count,month", "A - B", "A,N,,2020-12,part,100,,,,,\n"},
    {"of_derived_parts", "count,month", "A2 - B2", "A,N,,2020-12,part,100,,,,,\n"},
    {"of_a_finer_frequency", "count,quarter", "sum of A by quarter - sum of B by quarter", "A,N,,2020-12,part,100,,,,,\n"},
    {"of_a_roll_up", "count,month", "(roll-up of A) - (roll-up of B)", "A,N,,2020-12,part,100,,,,,\n"},
    {"of_one_of_which_nothing_may_be_hidden", "count,month", "OPEN - A", "A,N,,2020-12,part,100,,,,,\n"},
};

static void a_part_of_what_is_hidden_is_hidden(void **state)
{
    const PartCase *row = *state;
    g_autofree char *indicators = g_strdup_printf(
        "indicator,kind,frequency,formula\nA,count,month,\nB,count,month,\nOPEN,count,month,\nA2,count,month,A * 2\n"
        "B2,count,month,B * 2\nX,%s,%s\n",
        row->kind, row->formula);
    g_autoptr(GString) drop = g_string_new("indicator,unit,period,value\n");
    for (int i = 0; i < 3; i++)
        g_string_append_printf(drop, "A,N,2020-%d,100\nB,N,2020-%d,99\nOPEN,N,2020-%d,102\n", 10 + i, 10 + i, 10 + i);
    g_auto(Folder) folder =
        PLAN_FOLDER({"plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n[public]\nopen = OPEN\n"},
                    {"indicators.csv", indicators}, {"units.csv", "unit,name\nN,North\n"}, {"drops/2021-01-31/x.csv", drop->str});
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "none", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *list = folder_read(&folder, "public.hidden.csv");
    assert_contains(list, row->hidden);
    assert_lacks(list, "OPEN");
}

/* A slip in what is open hides too much, and is told. */
static void an_open_indicator_must_be_one(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    folder_write(&folder, "plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n[public]\nopen = OPEN, OPNE\n");
    g_auto(Run) run = RUN(&folder, "check", ".", "--format", "csv");
    assert_contains(run.out, "unknown_indicator,indicator OPNE is not in indicators.csv");
    assert_lacks(run.out, "indicator OPEN is not");
}

/* Six months about ten, then three and two: internally it is green, by the older ones a warning. */
static Folder few_new(void)
{
    return PLAN_FOLDER(
        {"plan.ini", "[plan]\ntitle = T\narea = Ourland\nstart = 2026-04-01\n"},
        {"indicators.csv", "indicator,title,kind,measure_unit,polarity,frequency\nNEW,New appeals,count,appeals,lower,month\n"
                           "OLD,Old appeals,count,appeals,lower,month\n"},
        {"baselines.csv", "indicator,value,as_at\nNEW,14,2026-03\nOLD,14,2026-03\n"},
        {"targets.csv", "indicator,due,target\nNEW,2026-12-31,6\nOLD,2026-12-31,6\n"},
        {"commentary.csv", "indicator,as_at,explanation\nOLD,2026-08-31,Few as 3 families came\n"},
        {"drops/2026-08-31/x.csv",
         "indicator,period,value\nNEW,2025-12,10\nNEW,2026-01,13\nNEW,2026-02,8\nNEW,2026-03,12\nNEW,2026-04,11\n"
         "NEW,2026-05,9\nNEW,2026-06,3\nNEW,2026-07,2\n"
         "OLD,2026-01,13\nOLD,2026-02,3\nOLD,2026-03,18\nOLD,2026-04,25\nOLD,2026-05,29\nOLD,2026-06,33\nOLD,2026-07,38\n"});
}

static void what_ends_in_hidden_figures_is_grey_and_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder = few_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "svg", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *assessments = folder_read(&folder, "public/assessments.csv");
    assert_contains(assessments, "NEW,,,2026-08-31,2026-05,9,");
    assert_contains(assessments,
                    "latest_without_value newest_hidden,\"Not judged here: its newest figures are not published, because they "
                    "are small or would give small ones away. The latest that is published is 9 appeals in May "
                    "2026.\"");
    g_autofree char *all = pack_text(&folder, "public");
    check_pack(all, "9 appeals in May 2026; newer figures are not published", true); /* its chart */
    check_pack(all, "May 2026 (newer figures are not published)", true);             /* tables */
    g_autofree char *exceptions = folder_read(&folder, "public/exceptions.csv");
    assert_contains(exceptions, "OLD,");
    assert_lacks(exceptions, "NEW,");
    g_auto(Run) internal = RUN(&folder, "run", ".", "--charts", "none", "--out", "internal");
    assert_exit(internal, 0);
    g_autofree char *kept = folder_read(&folder, "internal/assessments.csv");
    assert_lacks(kept, "newest_hidden");
    assert_contains(kept, "2 appeals in Jul 2026 is");
}

/* Grey follows from which readings are hidden, and not from what they are. */
static void grey_is_the_same_whatever_is_hidden(void **state)
{
    (void)state;
    g_auto(Folder) folder = few_new();
    g_auto(Run) one = RUN(&folder, "run", ".", "--public", "--charts", "none", "--out", "one");
    assert_exit(one, 0);
    g_autofree char *drop = folder_read(&folder, "drops/2026-08-31/x.csv");
    g_autoptr(GString) other = g_string_new(drop);
    assert_int_equal(g_string_replace(other, "NEW,2026-06,3\nNEW,2026-07,2\n", "NEW,2026-06,1\nNEW,2026-07,4\n", 0), 1);
    g_auto(Folder) twin = few_new();
    folder_write(&twin, "drops/2026-08-31/x.csv", other->str);
    g_auto(Run) two = RUN(&twin, "run", ".", "--public", "--charts", "none", "--out", "one");
    assert_exit(two, 0);
    static const char *const FILES[] = {"assessments.csv", "exceptions.csv", "prospects.csv", "signals.csv", "summary.html"};
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path = g_strconcat("one/", FILES[i], NULL);
        g_autofree char *a = folder_read(&folder, path), *b = folder_read(&twin, path);
        assert_string_equal(a, b);
    }
}

static void the_board_is_not_asked_to_accept_what_is_withheld(void **state)
{
    (void)state;
    g_auto(Folder) folder = few_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "none", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *summary = folder_read(&folder, "public/summary.html");
    assert_lacks(summary, "Accept the explanation");
    assert_contains(summary, "Its explanation is not published: ask for a recovery date.");
    g_auto(Run) internal = RUN(&folder, "run", ".", "--charts", "none", "--out", "internal");
    assert_exit(internal, 0);
    g_autofree char *kept = folder_read(&folder, "internal/summary.html");
    assert_contains(kept, "Accept the explanation");
}

/* The figure of before and the figure of now differ by few: only the latter is told. */
static void a_revision_is_not_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--out", "public");
    assert_exit(run, 0);
    g_autofree char *all = pack_text(&folder, "public");
    check_pack(all, "21379", false);
    check_pack(all, "21368", true);
}

static void by_itself_it_goes_beside_the_internal_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_new();
    g_auto(Run) run = RUN(&folder, "run", ".", "--public");
    assert_exit(run, 0);
    assert_true(folder_has(&folder, "out/2021-01-31-public/exception-report.html"));
    assert_true(folder_has(&folder, "out/2021-01-31-public.hidden.csv"));
    assert_false(folder_has(&folder, "out/2021-01-31/exception-report.html"));
}

/* Six thousand pupils are not few because the rate is per thousand of them. */
static void a_rate_per_thousand_is_of_people(void **state)
{
    static const char *const METHODS[] = {"suppress", "round"};
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"indicators.csv", "indicator,kind,measure_unit,polarity,frequency,formula\nEXCL,count,pupils,lower,month,\n"
                           "PUPILS,count,pupils,none,month,\nRATE,rate,per 1000,lower,month,EXCL per 1000 of PUPILS\n"
                           "FEW,rate,per 1000,lower,month,OUT per 1000 of ROLL\nOUT,count,pupils,lower,month,\n"
                           "ROLL,count,pupils,none,month,\nYEAR,rate,per 1000,lower,month,mean of RATE over 1 months\n"},
        {"drops/2021-01-31/x.csv",
         DROP_HEADER "EXCL,,,Dec-20,15,,,,\nPUPILS,,,Dec-20,6000,,,,\nOUT,,,Dec-20,5,,,,\nROLL,,,Dec-20,5,,,,\n"});
    for (size_t i = 0; i < G_N_ELEMENTS(METHODS); i++) {
        folder_write(&folder, "plan.ini",
                     text_of("[plan]\ntitle = T\narea = Ourland\nstart = 2020-09-01\n[public]\nmethod = %s\n", METHODS[i]));
        g_auto(Run) run = RUN(&folder, "run", ".", "--public", "--charts", "none");
        assert_exit(run, 0);
        g_autofree char *readings = folder_read(&folder, "out/2021-01-31-public/readings.csv"),
                        *hidden = folder_read(&folder, "out/2021-01-31-public.hidden.csv");
        assert_contains(readings, "\nRATE,,,2020-12,2.5,15,6,final,");
        assert_contains(readings, "\nYEAR,,,2020-12,2.5,15,6,final,");
        assert_contains(readings, "\nFEW,,,2020-12,,,,suppressed,");
        assert_contains(hidden, "\nFEW,,,2020-12,denominator,");
        assert_lacks(hidden, "\nEXCL,");
    }
}

int main(void)
{
    ADD(a_rate_per_thousand_is_of_people);
    ADD_TABLE(PART_CASES, a_part_of_what_is_hidden_is_hidden);
    ADD(an_open_indicator_must_be_one);
    ADD(nothing_in_the_public_pack_says_what_is_hidden);
    ADD(the_internal_pack_keeps_them);
    ADD(the_list_says_what_was_hidden_and_why);
    ADD(a_rounded_pack_shows_no_true_count);
    ADD(rounding_hides_what_sums_would_tell);
    ADD(a_formula_is_made_of_what_is_printed);
    ADD(what_is_made_of_published_totals_is_made_of_rounded_ones);
    ADD(a_revision_is_not_told);
    ADD(what_ends_in_hidden_figures_is_grey_and_says_so);
    ADD(grey_is_the_same_whatever_is_hidden);
    ADD(the_board_is_not_asked_to_accept_what_is_withheld);
    ADD(by_itself_it_goes_beside_the_internal_pack);
    return run_cases("public_command");
}
