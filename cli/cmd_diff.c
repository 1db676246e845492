/* waymark diff PLAN: what changed between two as-ats, and why. */
#include <waymark/diff.h>

#include "cli/month_job.h"
#include "cli/output.h"

static const OutputColumn COLUMNS[] = {{"kind", FALSE},   {"indicator", FALSE}, {"unit", FALSE},
                                       {"cohort", FALSE}, {"item", FALSE},      {"was", FALSE},
                                       {"now", FALSE},    {"causes", FALSE},    {"sentence", FALSE}};

static void add_row(Output *output, const WmDiff *diff, const WmDiffRow *row)
{
    const WmSeries *series = row->i_series == SIZE_MAX ? NULL : &diff->month->series[row->i_series];
    g_autofree char *causes = wm_diff_causes_names(row->causes);
    output_add(output, (const char *[]){wm_diff_kind_name(row->kind), series ? series->indicator : "", series ? series->unit : "",
                                        series ? series->cohort : "", row->item, row->was, row->now, causes, row->sentence});
}

/* Where no pack of that day was issued, the one that was in force may be what is meant. */
static void say_recomputed(const CommonOptions *common, const char *from, const WmIssued *in_force)
{
    say(common, "no pack of %s was issued: plan edits cannot be known, and what was told then is recomputed with the plan of now",
        from);
    char as_at[WM_PERIOD_TEXT];
    if (in_force)
        say(common, "for what the board was told, give --from %s: the pack %s was the last issued before",
            wm_day_format_iso(in_force->as_at, as_at), in_force->name);
}

static void say_result(const CommonOptions *common, const WmDiff *diff, const WmIssued *in_force)
{
    char from[WM_PERIOD_TEXT], to[WM_PERIOD_TEXT];
    wm_day_format(diff->from, from);
    wm_day_format(diff->to, to);
    const size_t *n = diff->n_kind;
    say(common, "%s to %s: %zu status%s, %zu outlook%s, %zu revision%s, %zu new reading%s, %zu plan edit%s", from, to,
        n[WM_DIFF_STATUS], n[WM_DIFF_STATUS] == 1 ? "" : "es", n[WM_DIFF_OUTLOOK], s_of(n[WM_DIFF_OUTLOOK]), n[WM_DIFF_REVISION],
        s_of(n[WM_DIFF_REVISION]), n[WM_DIFF_READING], s_of(n[WM_DIFF_READING]), n[WM_DIFF_PLAN], s_of(n[WM_DIFF_PLAN]));
    if (diff->issued)
        say(common, "compared with the pack %s as it was issued", diff->issued->name);
    else
        say_recomputed(common, from, in_force);
}

static int diff(const char *plan_path, WmDay from, const CommonOptions *common, GError **error)
{
    g_auto(MonthJob) job = {0};
    if (!month_job_do(&job, plan_path, from, common, error))
        return -1;
    if (from >= job.month->as_at) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give the earlier day as --from"},
                     "--from is not before --to");
        return -1;
    }
    g_autoptr(GPtrArray) packs = wm_issued_list(job.plan->folder, error);
    const WmIssued *in_force = packs ? wm_issued_last(packs, from, 0) : NULL,
                   *told = in_force && in_force->as_at == from ? in_force : NULL;
    g_autoptr(WmDiff) diff = packs ? wm_diff_new(job.month, job.store, told, error) : NULL;
    if (!diff)
        return -1;
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < diff->n_rows; i++)
        add_row(output, diff, &diff->rows[i]);
    output_print(output, common->format);
    say_result(common, diff, in_force);
    return EXIT_DONE;
}

static gboolean take_day(const char *name, const char *text, WmDay *out, GError **error)
{
    if (!text || wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, out))
        return TRUE;
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "write it as 2026-09-30"}, "%s “%s” is no date", name, text);
    return FALSE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_autofree char *from_text = NULL, *to_text = NULL;
    WmDay from = WM_NO_DAY;
    const GOptionEntry entries[] = {
        {"from", 0, 0, G_OPTION_ARG_STRING, &from_text, "the earlier as-at; it has to be given", "DATE"},
        {"to", 0, 0, G_OPTION_ARG_STRING, &to_text, "the later one (default: the latest drop)", "DATE"},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_DIFF, entries, TAKES_FORMAT | TAKES_QUIET | TAKES_STORE, &common, 1, 1, &argc, &argv, error))
        return -1;
    if (!from_text) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give the earlier as-at, as in --from 2026-06-30"},
                     "it needs the day to compare with");
        return -1;
    }
    common.as_at = WM_NO_DAY;
    if (!take_day("--from", from_text, &from, error) || !take_day("--to", to_text, &common.as_at, error))
        return -1;
    return diff(argv[1], from, &common, error);
}

const Command COMMAND_DIFF = {
    "diff", "PLAN", "what changed between two as-ats, and why",
    "One row a change: method, plan edits, statuses and outlooks with their causes, revised figures, new readings.\n"
    "A status is taken from what was told then through the method, the plan, revisions and what has come since: its causes are the "
    "steps at which it moved.\n"
    "Plan edits, and what exactly was told, are known where a pack of that as-at was issued (waymark issue).\n"
    "Example: waymark diff my-plan --from 2026-06-30",
    run};
