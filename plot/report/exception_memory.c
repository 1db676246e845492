/* Exceptions from month to month: since when each is open, which way it moves, at which level it stands, and what has closed. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const char *const STATES[WM_N_EXCEPTION_STATES] = {
    [WM_EXCEPTION_NONE] = "",
    [WM_EXCEPTION_OPENED] = "New",
    [WM_EXCEPTION_CONTINUING] = "Continuing",
    [WM_EXCEPTION_WORSENED] = "Worsened",
    [WM_EXCEPTION_IMPROVING] = "Improving",
    [WM_EXCEPTION_CLOSED] = "Closed",
};

static const WmColumn COLUMNS[] = {
    {"Measure", WM_ALIGN_START, true},
    {"Status", WM_ALIGN_START, false},
    {"Since last report", WM_ALIGN_START, false},
    {"Open since", WM_ALIGN_START, false},
    {"Goes to", WM_ALIGN_START, false},
    {"Recovery date", WM_ALIGN_START, false},
    {"Who answers for it", WM_ALIGN_START, false},
};

static WmProse *say_since(WmDocument *document, const WmExceptionRecord *record)
{
    WmProse *prose = wm_document_prose(document, wm_say_day(document, record->opened));
    if (record->age_months > 0) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, wm_say_count(document, (size_t)record->age_months, "month"));
    }
    return prose;
}

/* "Red for 3 months", which is what puts it at its level. At the lowest one too, where it was open before it was Red: else a reader
 * of "9 months" asks why it has gone no higher. */
static const char *say_clock(WmDocument *document, const WmMonth *month, const WmExceptionRecord *record)
{
    static const char *const CLOCKS[WM_N_CLOCKS] = {
        [WM_CLOCK_RED] = "Red", [WM_CLOCK_AMBER] = "Amber or Red", [WM_CLOCK_MISSED] = "recovery late"};
    const WmClock clock = record->level == 0 ? WM_CLOCK_RED : record->level_by;
    if (record->level == 0 && (record->since[clock] == WM_NO_DAY || record->since[clock] <= record->opened))
        return "";
    const int months = wm_months_between(record->since[clock], month->as_at);
    if (months < 1 && record->level == 0)
        return "Red since this report";
    return wm_document_textf(document, "%s for %s", CLOCKS[clock], wm_say_count(document, (size_t)MAX(months, 0), "month"));
}

static WmProse *say_level(WmDocument *document, const WmMonth *month, const WmExceptionRecord *record)
{
    const char *clock = say_clock(document, month, record);
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_add(prose, record->level > 0 ? WM_RUN_STRONG : WM_RUN_PLAIN, record->level_name);
    if (*clock) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, clock);
    }
    return prose;
}

/* "28 Feb 2022, missed; put off twice" */
static WmProse *say_recovery(WmDocument *document, const WmExceptionRecord *record)
{
    const WmRecovery *recovery = &record->recovery;
    if (recovery->due == WM_NO_DAY)
        return wm_document_prose(document, "none given");
    WmProse *prose = wm_document_prose(document, wm_say_day(document, recovery->due));
    if (recovery->missed != WM_NO_DAY)
        wm_prose_add(prose, WM_RUN_STRONG, ", missed");
    if (recovery->n_moved) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "put off %s",
                      recovery->n_moved == 1   ? "once"
                      : recovery->n_moved == 2 ? "twice"
                                               : wm_document_textf(document, "%d times", recovery->n_moved));
    }
    return prose;
}

static void add_row(WmDocument *document, WmTable *table, const WmMonth *month, size_t i_exception)
{
    const size_t i_series = month->exceptions[i_exception];
    const WmSeries *series = &month->series[i_series];
    const WmExceptionRecord *record = wm_month_record_of(month, i_series, WM_RECORD_STATUS);
    if (!record)
        return;
    WmProse *cells[] = {
        wm_document_prose(document, ""),
        wm_document_prose(document, ""),
        wm_document_prose(document, STATES[record->state]),
        say_since(document, record),
        say_level(document, month, record),
        say_recovery(document, record),
        wm_document_prose(document, *record->owner_role ? record->owner_role : WM_DASH),
    };
    G_STATIC_ASSERT(G_N_ELEMENTS(cells) == G_N_ELEMENTS(COLUMNS));
    wm_document_link_section(cells[0], wm_say_name(document, series), i_exception,
                             wm_document_id(document, "exception", i_exception + 1));
    wm_prose_add_status(cells[1], series->assessment.verdict);
    wm_table_row(document, table, cells);
}

static void add_table(WmDocument *document, const WmMonth *month)
{
    WmTable *table = wm_document_table(document, "Each exception from month to month", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->is_dense = true;
    for (size_t i = 0; i < month->n_exceptions; i++)
        add_row(document, table, month, i);
    if (table->rows->len)
        wm_document_add_table(document, table);
}

/* ---- lists ---- */

static bool is_missed(const WmExceptionRecord *record)
{
    return record->kind == WM_RECORD_RECOVERY && record->state != WM_EXCEPTION_CLOSED && !record->suppression;
}

static bool is_closed(const WmExceptionRecord *record)
{
    return record->state == WM_EXCEPTION_CLOSED;
}

static bool is_suppressed(const WmExceptionRecord *record)
{
    return record->suppression && record->kind == WM_RECORD_STATUS;
}

static void add_list(WmDocument *document, const WmMonth *month, const char *title, bool (*is_ours)(const WmExceptionRecord *))
{
    WmBlock *list = NULL;
    for (size_t i = 0; i < month->n_records; i++) {
        const WmExceptionRecord *record = &month->records[i];
        if (!is_ours(record))
            continue;
        if (!list) {
            WmProse *prose = wm_document_prose(document, "");
            wm_prose_add(prose, WM_RUN_STRONG, title);
            wm_document_paragraph(document, prose)->is_kept = true;
            list = wm_document_list(document);
        }
        const WmSeries *series = &month->series[record->i_series];
        WmProse *item = wm_document_prosef(document, "%s", wm_say_name(document, series));
        if (!is_closed(record)) {
            wm_prose_add(item, WM_RUN_PLAIN, " (");
            wm_prose_add_status(item, series->assessment.verdict);
            wm_prose_add(item, WM_RUN_PLAIN, ")");
        }
        wm_prose_addf(item, WM_RUN_PLAIN, ". %s", record->sentence);
        if (is_missed(record) && *record->owner_role)
            wm_prose_addf(item, WM_RUN_PLAIN, " %s answers for it.", record->owner_role);
        wm_list_add(list, item);
    }
}

size_t wm_exception_n_missed(const WmMonth *month)
{
    size_t n = 0;
    for (size_t i = 0; i < month->n_records; i++)
        n += is_missed(&month->records[i]);
    return n;
}

void wm_exception_add_memory(WmDocument *document, const WmMonth *month)
{
    add_table(document, month);
    add_list(document, month, "Recovery dates that have passed", is_missed);
    add_list(document, month, "Exceptions closed since the last report", is_closed);
    add_list(document, month, "Suppressed: exceptions that the board has chosen not to see for now", is_suppressed);
}

void wm_exception_add_memory_facts(WmDocument *document, WmTable *facts, const WmMonth *month, const WmSeries *series)
{
    const WmExceptionRecord *record = wm_month_record_of(month, (size_t)(series - month->series), WM_RECORD_STATUS);
    if (!record)
        return;
    wm_table_fact(document, facts, "Exception", wm_document_prose(document, record->sentence));
    wm_table_fact(document, facts, "Exception id", wm_document_prose(document, record->id));
}
