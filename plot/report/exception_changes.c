/* What changed since the last report. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const char *const TITLES[WM_N_CHANGES] = {
    [WM_CHANGE_EXCEPTION_OPENED] = "New exceptions",    [WM_CHANGE_EXCEPTION_CLOSED] = "No longer exceptions",
    [WM_CHANGE_STATUS_WORSE] = "Status worse",          [WM_CHANGE_STATUS_BETTER] = "Status better",
    [WM_CHANGE_MILESTONE_MISSED] = "Milestones missed", [WM_CHANGE_MILESTONE_MET] = "Milestones met",
    [WM_CHANGE_REVISION] = "Earlier figures revised",
};

static void add_kind(WmDocument *document, const WmMonth *month, WmChangeKind kind)
{
    WmBlock *list = NULL;
    for (size_t i = 0; i < month->n_changes; i++) {
        const WmChange *change = &month->changes[i];
        if (change->kind != kind)
            continue;
        if (!list) {
            WmProse *title = wm_document_prose(document, "");
            wm_prose_add(title, WM_RUN_STRONG, TITLES[kind]);
            wm_document_paragraph(document, title)->is_kept = true;
            list = wm_document_list(document);
        }
        wm_list_add(list, wm_document_prose(document, change->text));
    }
}

void wm_exception_add_changes(WmDocument *document, const WmMonth *month)
{
    wm_document_heading(document, 2, "changes", "What changed since the last report");
    if (month->previous_as_at == WM_NO_DAY) {
        wm_document_paragraph(document,
                              wm_document_prose(document, "This is the first report, so there is nothing to compare it with."));
        return;
    }
    const char *readings = month->n_new_readings == 0 ? "No new reading has"
                           : month->n_new_readings == 1
                               ? "1 new reading has"
                               : wm_document_textf(document, "%zu new readings have", month->n_new_readings);
    wm_document_paragraph(document,
                          wm_document_prosef(document, "Compared with what was known on %s. %s come since.%s",
                                             wm_say_day(document, month->previous_as_at), readings,
                                             month->n_changes == 0 ? " No status, exception or milestone has changed." : ""));
    for (int kind = 0; kind < WM_N_CHANGES; kind++)
        add_kind(document, month, (WmChangeKind)kind);
}
