/* The Stable Shift Algorithm against autospc 0.0.0.9051: periods, limits, excluded readings, and every reading's rules.
 *
 * Their XMR is our chart i; their C' without denominators is the same with a lower bound of 0; P and P' are p and pp in percent.
 * Different on purpose, and counted:
 * - The upper limit of a percentage is cut at 100 everywhere, not only after the calculation period.
 * - A C' or P' period at 0 events (or 100%) has no limits; the peer goes on with the limits of the period before, or, on a C' chart
 *   in its first period, has none either, where our chart i has limits of no width.
 */
#include "core/test_spc_golden.h"

typedef struct {
    const char *name;
    size_t period_min, shift_length;
    bool is_screened, has_regrets, every_shift;
} Variant;

enum { DEFAULT, PM12, PM12_REGRETS, PM10_SH6, PM12_EVERY, NOSCREEN, N_VARIANTS };
enum { XMR, C_PRIME, P, P_PRIME, N_CHARTS };

static const Variant VARIANTS[N_VARIANTS] = {
    [DEFAULT] = {"default", 21, 8, true, false, false},          [PM12] = {"pm12", 12, 8, true, false, false},
    [PM12_REGRETS] = {"pm12_regrets", 12, 8, true, true, false}, [PM10_SH6] = {"pm10_sh6", 10, 6, true, false, false},
    [PM12_EVERY] = {"pm12_every", 12, 8, true, false, true},     [NOSCREEN] = {"noscreen", 21, 8, false, false, false},
};

static const struct {
    const char *name;
    WmSpcChart chart;
    double low;
} CHARTS[N_CHARTS] = {[XMR] = {"XMR", WM_SPC_I, -INFINITY},
                      [C_PRIME] = {"C'", WM_SPC_I, 0},
                      [P] = {"P", WM_SPC_P, 0},
                      [P_PRIME] = {"P'", WM_SPC_PP, 0}};

/* What the reference has: every point of one variant, and of the default for the longer series. */
static const struct {
    int variant, chart;
    bool has_points;
} PAIRS[] = {
    {DEFAULT, XMR, true},
    {DEFAULT, C_PRIME, false},
    {DEFAULT, P, true},
    {DEFAULT, P_PRIME, true},
    {PM12, XMR, true},
    {PM12, C_PRIME, false},
    {PM12, P, true},
    {PM12, P_PRIME, true},
    {PM12_REGRETS, XMR, false},
    {PM12_REGRETS, C_PRIME, false},
    {PM12_REGRETS, P, false},
    {PM12_REGRETS, P_PRIME, false},
    {PM10_SH6, XMR, false},
    {PM10_SH6, C_PRIME, false},
    {PM10_SH6, P, false},
    {PM10_SH6, P_PRIME, false},
    {PM12_EVERY, XMR, false},
    {PM12_EVERY, P, false},
    {PM12_EVERY, P_PRIME, false},
    {NOSCREEN, XMR, false},
    {NOSCREEN, P, false},
    {NOSCREEN, P_PRIME, false},
};

#define N_PAIRS (sizeof PAIRS / sizeof PAIRS[0])

typedef struct {
    const Variant *variant;
    const char *chart_name;
    WmSpcChart chart;
    double low;
    char name[64];
} Case;

static void analyse(const Case *c, const Readings *readings, WmSpcScratch *scratch, WmSpc *out)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = c->chart;
    options.kind = WM_KIND_PERCENT; /* matters to p charts only */
    options.low = c->low;
    options.establish = WM_SPC_ESTABLISH_SSA;
    options.ssa.period_min = c->variant->period_min;
    options.ssa.shift_length = c->variant->shift_length;
    options.ssa.no_regrets = !c->variant->has_regrets;
    options.ssa.every_shift = c->variant->every_shift;
    if (!c->variant->is_screened)
        options.ssa.max_screens = options.ssa.max_exclusions = 0;
    options.lengths[WM_SIGNAL_RUN] = (unsigned)c->variant->shift_length;
    assert_int_equal(wm_spc_analyse(readings->points, readings->n, &options, scratch, out), WM_OK);
}

static bool is_percent(const Case *c)
{
    return c->chart != WM_SPC_I;
}

static double cut(const Case *c, double upper, Tally *tally)
{
    if (!is_percent(c) || !(upper > 100))
        return upper;
    tally->n_on_purpose++;
    return 100;
}

/* C' and P' where nothing, or everything, counts. */
static bool is_degenerate(const Case *c, double centre)
{
    const bool is_c_prime = strcmp(c->chart_name, "C'") == 0;
    return (is_c_prime && centre == 0) || (c->chart == WM_SPC_PP && (centre == 0 || centre == 100));
}

static void compare_limits(Tally *tally, const Case *c, const WmSpcVerdict *point, const Table *expected, size_t row,
                           const char *names[2])
{
    const char *series = table_text(expected, row, "series_id");
    const double theirs = table_number(expected, row, names[1]);
    const bool has_no_width = isnan(point->upper) || point->lower == point->upper;
    if (is_degenerate(c, point->centre) && has_no_width && !(isnan(point->upper) && isnan(theirs))) {
        tally->n_on_purpose++;
        return;
    }
    const double upper = cut(c, theirs, tally);
    compare_number(tally, point->lower, table_number(expected, row, names[0]), upper, series);
    compare_number(tally, point->upper, upper, upper, series);
}

static void excluded_text(const WmSpc *spc, const WmSpcPhase *phase, char *text, size_t n_bytes)
{
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = phase->i_first; i < phase->i_end; i++)
        if (spc->points[i].is_excluded)
            n += (size_t)snprintf(text + n, n_bytes - n, "%s%zu", n ? ";" : "", i + 1);
}

static void compare_period(Tally *tally, const Case *c, const Table *expected, size_t row, const WmSpc *spc)
{
    static const char *NAMES[2] = {"lcl_start", "ucl_start"};
    const char *series = table_text(expected, row, "series_id");
    const size_t i_phase = (size_t)table_number(expected, row, "period") - 1;
    if (i_phase >= spc->n_phases) {
        compare_class(tally, -1, (int)i_phase, series);
        return;
    }
    const WmSpcPhase *phase = &spc->phases[i_phase];
    char excluded[256];
    excluded_text(spc, phase, excluded, sizeof excluded);
    compare_class(tally, (int)phase->i_first + 1, (int)table_number(expected, row, "start_index"), series);
    compare_class(tally, (int)phase->i_calc_end, (int)table_number(expected, row, "calc_end_index"), series);
    compare_class(tally, (int)phase->i_end, (int)table_number(expected, row, "end_index"), series);
    compare_class(tally, strcmp(excluded, table_text(expected, row, "excluded_index")), 0, series);
    compare_number(tally, phase->centre, table_number(expected, row, "cl"), table_number(expected, row, "ucl_start"), series);
    compare_limits(tally, c, &spc->points[phase->i_first], expected, row, NAMES);

    int n_outside = 0, n_runs = 0;
    for (size_t i = phase->i_first; i < phase->i_end; i++) {
        n_outside += holds(&spc->points[i], WM_SIGNAL_OUTSIDE);
        n_runs += holds(&spc->points[i], WM_SIGNAL_RUN);
    }
    compare_class(tally, n_runs, (int)table_number(expected, row, "n_rule2"), series);
    if (n_outside != (int)table_number(expected, row, "n_rule1") && is_degenerate(c, phase->centre))
        tally->n_on_purpose++;
    else
        compare_class(tally, n_outside, (int)table_number(expected, row, "n_rule1"), series);
}

static void periods_agree(void **state)
{
    const Case *c = *state;
    Table input, expected;
    golden_read("ssa.input.csv", &input);
    golden_read("ssa.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0, end; row < expected.n_rows; row = end) {
        end = group_end(&expected, row, "series_id", "chart", "variant");
        if (strcmp(table_text(&expected, row, "chart"), c->chart_name) != 0 ||
            strcmp(table_text(&expected, row, "variant"), c->variant->name) != 0)
            continue;
        Readings readings;
        WmSpc spc;
        readings_of(&input, table_text(&expected, row, "series_id"), &readings);
        analyse(c, &readings, scratch, &spc);
        compare_class(&tally, (int)spc.n_phases, (int)(end - row), table_text(&expected, row, "series_id"));
        for (size_t i = row; i < end; i++)
            compare_period(&tally, c, &expected, i, &spc);
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, c->name);
}

static void points_agree(void **state)
{
    static const char *NAMES[2] = {"lcl", "ucl"};
    const Case *c = *state;
    Table input, expected;
    golden_read("ssa.input.csv", &input);
    golden_read("ssa_points.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0, end; row < expected.n_rows; row = end) {
        end = group_end(&expected, row, "series_id", "chart", "variant");
        if (strcmp(table_text(&expected, row, "chart"), c->chart_name) != 0 ||
            strcmp(table_text(&expected, row, "variant"), c->variant->name) != 0)
            continue;
        const char *series = table_text(&expected, row, "series_id");
        Readings readings;
        WmSpc spc;
        readings_of(&input, series, &readings);
        analyse(c, &readings, scratch, &spc);
        for (size_t i = row; i < end; i++) {
            const size_t i_point = index_of_date(&readings, table_text(&expected, i, "date"));
            const WmSpcVerdict *point = &spc.points[i_point];
            const bool is_display = i_point >= spc.phases[point->i_phase].i_calc_end;
            compare_number(&tally, point->centre, table_number(&expected, i, "cl"), NAN, series);
            compare_limits(&tally, c, point, &expected, i, NAMES);
            compare_class(&tally, is_display, strcmp(table_text(&expected, i, "period_type"), "display") == 0, series);
            compare_class(&tally, point->is_excluded, is_set(&expected, i, "excluded"), series);
            compare_class(&tally, holds(point, WM_SIGNAL_OUTSIDE), is_set(&expected, i, "rule1"), series);
            compare_class(&tally, holds(point, WM_SIGNAL_RUN), is_set(&expected, i, "rule2"), series);
        }
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, c->name);
}

int main(void)
{
    static Case cases[2 * N_PAIRS];
    struct CMUnitTest tests[2 * N_PAIRS];
    size_t n = 0;
    for (size_t i = 0; i < N_PAIRS; i++) {
        for (int is_points = 0; is_points <= PAIRS[i].has_points; is_points++, n++) {
            Case *c = &cases[n];
            *c = (Case){&VARIANTS[PAIRS[i].variant], CHARTS[PAIRS[i].chart].name, CHARTS[PAIRS[i].chart].chart,
                        CHARTS[PAIRS[i].chart].low, ""};
            snprintf(c->name, sizeof c->name, "ssa_%s_%s_%s", c->chart_name, c->variant->name, is_points ? "points" : "periods");
            tests[n] = (struct CMUnitTest){c->name, is_points ? points_agree : periods_agree, NULL, NULL, c};
        }
    }
    return _cmocka_run_group_tests("spc_golden_ssa", tests, n, NULL, NULL);
}
