/* Withdrawing a drop, and restoring it. */
#include "cli/withdrawal.h"

#include "cli/output.h"

static const OutputColumn COLUMNS[] = {{"file", FALSE},       {"drop", TRUE},       {"rows", TRUE},
                                       {"loaded", TRUE},      {"revised", TRUE},    {"unchanged", TRUE},
                                       {"quarantined", TRUE}, {"withdrawn", FALSE}, {"changed", TRUE}};

static void print_row(const WmWithdrawResult *result, const WmWithdrawRequest *request, OutputFormat format)
{
    const WmDropInfo *drop = &result->counts;
    const gint64 counts[] = {request->drop, drop->n_rows, drop->n_loaded, drop->n_revised, drop->n_unchanged, drop->n_quarantined};
    char day[WM_PERIOD_TEXT] = "";
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(texts, g_strdup(result->file));
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        g_ptr_array_add(texts, g_strdup_printf("%" G_GINT64_FORMAT, counts[i]));
    g_ptr_array_add(texts, g_strdup(request->is_restore ? "" : wm_day_format_iso(result->day, day)));
    g_ptr_array_add(texts, g_strdup_printf("%" G_GINT64_FORMAT, result->n_changed));
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    output_add(output, (const char *const *)texts->pdata);
    output_print(output, format);
}

static void say_what(const WmWithdrawResult *result, const WmWithdrawRequest *request, const CommonOptions *common)
{
    char day[WM_PERIOD_TEXT];
    const char *would = request->is_dry_run ? " would be" : result->was_so ? " was already" : "";
    if (request->is_restore)
        say(common, "drop %" G_GINT64_FORMAT "%s restored: %" G_GINT64_FORMAT " of its figures count%s again", request->drop, would,
            result->n_changed, result->n_changed == 1 ? "s" : "");
    else
        say(common,
            "drop %" G_GINT64_FORMAT "%s withdrawn from %s on: %" G_GINT64_FORMAT
            " of its figures no longer count%s; before that day they do. --restore %" G_GINT64_FORMAT " takes it back",
            request->drop, would, wm_day_format(result->day, day), result->n_changed, result->n_changed == 1 ? "s" : "",
            request->drop);
    if (result->other)
        say(common, "drop %" G_GINT64_FORMAT " (%s) has the same content, and still counts", result->other, result->other_file);
}

int withdrawal_run(WmStore *store, const WmPlan *plan, const WithdrawalOptions *options, gboolean is_dry_run,
                   const CommonOptions *common, GError **error)
{
    const gint64 drop = wm_ingest_find_drop(store, options->restore ? options->restore : options->withdraw, error);
    const WmWithdrawRequest request = {
        .drop = drop, .day = common->as_at, .note = options->note, .is_restore = options->restore != 0, .is_dry_run = is_dry_run};
    WmWithdrawResult result;
    if (!drop || !wm_ingest_withdraw(store, plan, &request, &result, error))
        return -1;
    print_row(&result, &request, common->format);
    say_what(&result, &request, common);
    return EXIT_DONE;
}
