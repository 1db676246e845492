/* waymark history PLAN --indicator X */
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "engine/data/text/number_text.h"
#include "engine/data/plan/plan_private.h"

static const OutputColumn COLUMNS[] = {{"period", FALSE},     {"drop", TRUE},       {"received", FALSE}, {"value", TRUE},
                                       {"state", FALSE},      {"change", TRUE},     {"what", FALSE},     {"numerator", TRUE},
                                       {"denominator", TRUE}, {"withdrawn", FALSE}, {"in_force", FALSE}, {"file", FALSE},
                                       {"note", FALSE}};

typedef struct {
    char *indicator, *unit, *cohort, *period;
} Options;

static void options_clear(Options *self)
{
    g_free(self->indicator);
    g_free(self->unit);
    g_free(self->cohort);
    g_free(self->period);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean fail_usage(GError **error, const char *advice, const char *what)
{
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "%s", what);
    return FALSE;
}

static gboolean read_period(const char *text, const WmIndicator *indicator, WmPeriod *out, GError **error)
{
    *out = (WmPeriod){WM_PERIOD_NONE, 0};
    const gboolean is_academic = indicator && indicator->measure.frequency == WM_FREQUENCY_ACADEMIC_YEAR;
    if (!text || wm_period_parse(text, is_academic ? WM_PERIOD_ACADEMIC_YEAR : WM_PERIOD_FINANCIAL_YEAR, out))
        return TRUE;
    g_autofree char *what = g_strdup_printf("--period “%s” is no period", text);
    return fail_usage(error, "write it as Jul-21, Q2 2021/22 or 2021/22", what);
}

static void add_entry(Output *output, const WmHistoryEntry *entry)
{
    static const char *const WHAT[] = {[WM_PUT_NEW] = "new", [WM_PUT_REVISED] = "revised", [WM_PUT_UNCHANGED] = "unchanged"};
    char period[WM_PERIOD_TEXT], received[WM_PERIOD_TEXT], withdrawn[WM_PERIOD_TEXT] = "";
    char value[G_ASCII_DTOSTR_BUF_SIZE], change[G_ASCII_DTOSTR_BUF_SIZE], numerator[G_ASCII_DTOSTR_BUF_SIZE],
        denominator[G_ASCII_DTOSTR_BUF_SIZE];
    const WmReading *reading = &entry->reading;
    g_autofree char *drop = g_strdup_printf("%" G_GINT64_FORMAT, entry->drop);
    if (entry->withdrawn != WM_NO_DAY)
        wm_day_format_iso(entry->withdrawn, withdrawn);
    output_add(output,
               (const char *const[]){wm_period_format_iso(reading->period, period), drop,
                                     wm_day_format_iso(entry->received, received), number_text(reading->value, value),
                                     wm_reading_state_name(reading->state), number_text(entry->change, change), WHAT[entry->what],
                                     number_text(reading->numerator, numerator), number_text(reading->denominator, denominator),
                                     withdrawn, entry->is_in_force ? "yes" : "no", entry->file, entry->note});
}

static int print_history(const WmPlan *plan, const Options *options, const CommonOptions *common, GError **error)
{
    WmHistoryRequest request = {.indicator = options->indicator,
                                .unit = options->unit ? options->unit : "",
                                .cohort = options->cohort ? options->cohort : "",
                                .as_at = common->as_at};
    request.unit = plan_unit_sought(plan, request.unit, error);
    if (!request.unit)
        return -1;
    if (!read_period(options->period, wm_plan_indicator(plan, options->indicator), &request.period, error))
        return -1;
    g_autoptr(WmStore) store = open_filled_store(plan, common, error);
    g_autoptr(GArray) entries = store ? wm_history_read(plan, store, &request, error) : NULL;
    if (!entries)
        return -1;
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < entries->len; i++)
        add_entry(output, &g_array_index(entries, WmHistoryEntry, i));
    output_print(output, common->format);
    return EXIT_DONE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"indicator", 0, 0, G_OPTION_ARG_STRING, &options.indicator, "whose history", "ID"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "id, code or name (default: the plan's own area)", "UNIT"},
        {"cohort", 0, 0, G_OPTION_ARG_STRING, &options.cohort, "a breakdown (default: all)", "COHORT"},
        {"period", 0, 0, G_OPTION_ARG_STRING, &options.period, "this one alone (default: every one)", "PERIOD"},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_HISTORY, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET | TAKES_STORE, &common, 1, 1, &argc,
                       &argv, error))
        return -1;
    if (!options.indicator) {
        fail_usage(error, "say whose history: waymark history PLAN --indicator ID", "it needs an indicator");
        return -1;
    }
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, error);
    return plan ? print_history(plan, &options, &common, error) : -1;
}

const Command COMMAND_HISTORY = {
    "history", "PLAN", "every figure that was ever said of a series, and by which drop",
    "One row a vintage, by period: which drop said it, when it was received, the value, its state, the change from what counted "
    "before,\n"
    "and whether it is what counts now (as at --as-at). A drop that was withdrawn is listed with the day.\n"
    "Example: waymark history my-plan --indicator EHC20 --unit E10000027 --period Mar-26",
    run};
