/* The month on one page: how many stand where, what needs a decision, what changed, and the next dates. */
#include <waymark/chase.h>
#include <waymark/public.h>

#include <math.h>
#include <string.h>

#include "plot/report/digests.h"
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#define MAX_NAME  64 /* characters */
#define MAX_TEXT  150
#define MAX_TITLE 120

enum { DECISIONS, CHANGES, DATES, N_PARTS };

/* How many rows of each part are shown at most. One of each always fits: texts are cut. */
typedef struct {
    size_t n[N_PARTS];
} Room;

static const Room MOST = {{[DECISIONS] = 12, [CHANGES] = 12, [DATES] = 12}};

static const WmRag ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

static const char *cut(WmDocument *document, const char *text, glong max)
{
    g_autofree char *fit = wm_text_fit(text);
    if (g_utf8_strlen(fit, -1) <= max)
        return wm_document_text(document, fit);
    g_autofree char *head = g_utf8_substring(fit, 0, max - 1);
    return wm_document_textf(document, "%s\xE2\x80\xA6", g_strchomp(head));
}

/* ---- counts ---- */

static void count_before(const WmMonth *month, size_t n_before[WM_N_RAGS])
{
    for (size_t i = 0; i < month->n_series; i++)
        if (month->series[i].previous.as_at != WM_NO_DAY)
            n_before[month->series[i].previous.verdict.status]++;
}

static void add_counts(WmDocument *document, const WmMonth *month)
{
    WmBlock *cards = wm_document_key_figures(document);
    size_t n_before[WM_N_RAGS] = {0};
    count_before(month, n_before);
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++) {
        const WmRag rag = ORDER[i];
        const char *word = wm_status_look(rag)->word;
        wm_key_figures_add(
            document, cards, wm_document_textf(document, "%zu", month->n_status[rag]),
            month->previous_as_at == WM_NO_DAY ? word : wm_document_textf(document, "%s, was %zu", word, n_before[rag]), &rag);
    }
}

/* ---- decisions ---- */

static const WmChaseItem *find_item(const WmChase *chase, const WmSeries *series, WmChaseKind kind)
{
    for (size_t i = 0; i < chase->n_items; i++) {
        const WmChaseItem *item = &chase->items[i];
        if (item->kind == kind && strcmp(item->id, series->indicator) == 0 && strcmp(item->unit, series->unit) == 0 &&
            strcmp(item->cohort, series->cohort) == 0)
            return item;
    }
    return NULL;
}

#define LONG_RED_MONTHS 2

/* What is asked of the board about an exception: the first that holds. */
static const char *say_decision(WmDocument *document, const WmMonth *month, const WmChase *chase, const WmSeries *series)
{
    const WmChaseItem *recovery = find_item(chase, series, WM_CHASE_RECOVERY);
    const int age = series->first_raised == WM_NO_DAY ? 0 : wm_months_between(series->first_raised, month->as_at);
    if (recovery && recovery->days < 0)
        return wm_document_textf(document, "Recovery was due by %s: agree another course or date.",
                                 wm_say_day(document, recovery->due));
    if (find_item(chase, series, WM_CHASE_COMMENTARY))
        return age >= LONG_RED_MONTHS
                   ? wm_document_textf(document, "Not explained in %d months: ask for that, and a recovery date.", age)
                   : "Not explained yet: ask for that, and a recovery date.";
    if (recovery)
        return wm_document_textf(document, "Recovery is due by %s: is that soon enough?", wm_say_day(document, recovery->due));
    if (age >= LONG_RED_MONTHS)
        return wm_document_textf(document, "An exception for %d months: decide whether it goes up a level.", age);
    const WmCommentary *given = wm_plan_commentary_on(month->plan, series, month->as_at);
    if (given && wm_public_is_withheld(given->explanation)) /* nobody can accept what he may not read */
        return "Its explanation is not published: ask for a recovery date.";
    return "Accept the explanation, or ask for a recovery date.";
}

static const WmColumn DECISION_COLUMNS[] = {
    {"Measure", WM_ALIGN_START, true},
    {"Latest", WM_ALIGN_START, false},
    {"Status", WM_ALIGN_START, false},
    {"For decision", WM_ALIGN_START, false},
};

static WmProse *say_measure(WmDocument *document, const WmSeries *series)
{
    WmProse *prose = wm_document_prose(document, cut(document, wm_say_name(document, series), MAX_NAME));
    if (*series->owner_role) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, cut(document, series->owner_role, MAX_NAME));
    }
    return prose;
}

static WmProse *say_latest(WmDocument *document, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    if (!a->has_value)
        return wm_document_prose(document, "no reading");
    WmProse *prose = wm_document_prosef(document, "%s in %s", wm_say_value(document, series, a->reading.value),
                                        wm_say_latest_period(document, series));
    const char *gap = wm_say_gap(document, series);
    if (*gap) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, gap);
    }
    return prose;
}

/* Nothing where all are shown. */
static void add_more(WmDocument *document, size_t n, size_t max)
{
    if (n > max)
        wm_document_paragraph(
            document, wm_document_prosef(document, "%zu more %s in the exception report.", n - max, n - max == 1 ? "is" : "are"));
}

/* Nothing to decide says little where little can be judged. */
static const char *say_no_decision(WmDocument *document, const WmMonth *month)
{
    const size_t n_judged = month->n_series - month->n_status[WM_GREY] - month->n_status[WM_WHITE];
    if (month->n_series == 0)
        return "There is no measure to decide on.";
    if (n_judged == 0)
        return "No measure could be judged, so none is put to the board: the exception report says what each waits for.";
    if (n_judged == month->n_series)
        return "No measure needs a decision of the board.";
    return wm_document_textf(document, "%s a decision of the board; the exception report says what the other%s for.",
                             n_judged == 1
                                 ? "The one measure that could be judged does not need"
                                 : wm_document_textf(document, "None of the %zu measures that could be judged needs", n_judged),
                             month->n_series - n_judged == 1 ? " waits" : "s wait");
}

static void add_decisions(WmDocument *document, const WmMonth *month, const WmChase *chase, size_t max)
{
    const char *actions = wm_action_say_decision(document, month);
    wm_document_heading(document, 2, "decisions", "For decision");
    if (month->n_exceptions == 0) {
        wm_document_paragraph(
            document, wm_document_prosef(document, "%s%s%s", say_no_decision(document, month), *actions ? " " : "", actions));
        return;
    }
    WmTable *table = wm_document_table(document, "", DECISION_COLUMNS, G_N_ELEMENTS(DECISION_COLUMNS));
    table->label = "Measures that need a decision, the worst first";
    table->is_dense = true;
    for (size_t i = 0; i < month->n_exceptions && i < max; i++) {
        const WmSeries *series = &month->series[month->exceptions[i]];
        WmProse *status = wm_document_prose(document, "");
        wm_prose_add_status(status, series->assessment.verdict);
        WmProse *decision = wm_document_prose(document, say_decision(document, month, chase, series));
        const WmExceptionRecord *record = wm_month_record_of(month, month->exceptions[i], WM_RECORD_STATUS);
        if (record && record->level > 0)
            wm_prose_addf(decision, WM_RUN_STRONG, " It goes to %s.", cut(document, record->level_name, MAX_NAME));
        wm_table_row(document, table, (WmProse *[]){say_measure(document, series), say_latest(document, series), status, decision});
    }
    wm_document_add_table(document, table);
    add_more(document, month->n_exceptions, max);
    if (*actions)
        wm_document_paragraph(document, wm_document_prose(document, actions));
}

/* ---- changes and dates ---- */

/* Without revisions, which are counted by themselves. */
static size_t count_changes(const WmMonth *month)
{
    size_t n = 0;
    for (size_t i = 0; i < month->n_changes; i++)
        n += month->changes[i].kind != WM_CHANGE_REVISION;
    return n;
}

/* "3 changes", "no changes" */
static const char *say_some(WmDocument *document, size_t n, const char *noun)
{
    return n ? wm_say_count(document, n, noun) : wm_document_textf(document, "no %ss", noun);
}

static void add_changes(WmDocument *document, const WmMonth *month, size_t max)
{
    wm_document_heading(document, 2, "changes", "What changed");
    if (month->previous_as_at == WM_NO_DAY) {
        wm_document_paragraph(document, wm_document_prose(document, "This is the first report."));
        return;
    }
    const size_t n = count_changes(month);
    wm_document_paragraph(
        document, wm_document_prosef(document, "Since %s: %s, %s, %s.", wm_say_day(document, month->previous_as_at),
                                     say_some(document, month->n_new_readings, "new reading"), say_some(document, n, "change"),
                                     say_some(document, month->n_revisions, "material revision")));
    WmBlock *list = n ? wm_document_list(document) : NULL;
    for (size_t i = 0; i < month->n_changes && list && list->items->len < max; i++)
        if (month->changes[i].kind != WM_CHANGE_REVISION)
            wm_list_add(list, wm_document_prose(document, cut(document, month->changes[i].text, MAX_TEXT)));
    add_more(document, n, max);
}

/* "3 more dates and 30 readings and explanations fall due by 31 Oct 2021. ": with the dates shown, what the chase list counts. */
static void add_not_shown(WmDocument *document, WmProse *prose, const WmChase *chase, size_t n_dates, size_t n_returns)
{
    if (n_dates)
        wm_prose_addf(prose, WM_RUN_PLAIN, "%zu more date%s", n_dates, n_dates == 1 ? "" : "s");
    if (n_dates && n_returns)
        wm_prose_add(prose, WM_RUN_PLAIN, " and ");
    if (n_returns)
        wm_prose_addf(prose, WM_RUN_PLAIN, "%zu reading%s", n_returns, n_returns == 1 ? " or explanation" : "s and explanations");
    if (n_dates + n_returns)
        wm_prose_addf(prose, WM_RUN_PLAIN, " fall%s due by %s. ", n_dates + n_returns == 1 ? "s" : "",
                      wm_say_day(document, chase->as_at + WM_CHASE_AHEAD_DAYS));
}

/* A date that lies ahead; readings and explanations come every month and are left to the chase list. */
static bool is_date_ahead(const WmChaseItem *item)
{
    return item->days >= 0 && item->kind != WM_CHASE_READING && item->kind != WM_CHASE_FIRST_READING &&
           item->kind != WM_CHASE_COMMENTARY;
}

static size_t count_dates(const WmChase *chase)
{
    size_t n = 0;
    for (size_t i = 0; i < chase->n_items; i++)
        n += is_date_ahead(&chase->items[i]);
    return n;
}

/* What lies ahead, one a line. */
static void add_dates(WmDocument *document, const WmChase *chase, size_t max)
{
    wm_document_heading(document, 2, "dates", "Next dates");
    WmBlock *list = NULL;
    size_t n_ahead = 0;
    for (size_t i = 0; i < chase->n_items; i++) {
        const WmChaseItem *item = &chase->items[i];
        if (!is_date_ahead(item) || n_ahead++ >= max)
            continue;
        if (!list)
            list = wm_document_list(document);
        WmProse *prose = wm_document_prose(document, "");
        wm_prose_addf(prose, WM_RUN_STRONG, "%s", wm_say_day(document, item->due));
        wm_prose_addf(prose, WM_RUN_PLAIN, " %s: %s", wm_chase_kind_title(item->kind), cut(document, item->title, MAX_NAME));
        wm_list_add(list, prose);
    }
    WmProse *rest = wm_document_prose(document, n_ahead == 0 ? "No date of the plan falls due soon. " : "");
    add_not_shown(document, rest, chase, n_ahead > max ? n_ahead - max : 0, chase->n_items - chase->n_overdue - n_ahead);
    if (chase->n_overdue == 0)
        wm_prose_add(rest, WM_RUN_PLAIN, "Nothing is overdue.");
    else
        wm_prose_addf(rest, WM_RUN_PLAIN, "%zu %s overdue: the chase list names %s.", chase->n_overdue,
                      chase->n_overdue == 1 ? "thing is" : "things are", chase->n_overdue == 1 ? "it" : "them");
    wm_document_paragraph(document, rest);
}

static void add_issued(WmDocument *document, const WmMonth *month)
{
    WmProse *prose = wm_say_issued(document, month);
    if (prose)
        wm_document_paragraph(document, prose);
}

static WmDocument *make_summary(const WmMonth *month, const WmChase *chase, const Room *room)
{
    WmDocument *document = wm_document_for_month(month, "Summary on one page");
    document->front.title = cut(document, document->front.title, MAX_TITLE);
    wm_document_heading(document, 2, "headline", "Headline");
    wm_document_paragraph(document, wm_say_headline(document, month));
    if (month->is_illustrative)
        wm_document_paragraph(document, wm_document_prose(document, "Some of these figures are made up, to illustrate."));
    if (month->n_series > 0)
        add_counts(document, month);
    add_decisions(document, month, chase, room->n[DECISIONS]);
    add_changes(document, month, room->n[CHANGES]);
    add_issued(document, month);
    add_dates(document, chase, room->n[DATES]);
    return document;
}

/* How many pages a summary with that much room has; 0 with *error. */
static size_t count_pages(const WmMonth *month, const WmChase *chase, const Room *room, GError **error)
{
    g_autoptr(WmDocument) document = make_summary(month, chase, room);
    return wm_document_count_pages(document, error);
}

/* By how much a part grows in its turn: a page of decisions that shows one of twenty changes is no summary, nor the other way
 * round. */
static const size_t STEPS[][N_PARTS] = {{[DECISIONS] = 2, [CHANGES] = 1, [DATES] = 1}, {1, 1, 1}};

/* Grow the parts by turns, for as long as the page has room. */
static bool fill_page(const WmMonth *month, const WmChase *chase, const Room *most, Room *room, GError **error)
{
    for (size_t k = 0; k < G_N_ELEMENTS(STEPS); k++)
        for (bool has_grown = true; has_grown;) {
            has_grown = false;
            for (int i = 0; i < N_PARTS; i++) {
                Room more = *room;
                more.n[i] = MIN(room->n[i] + STEPS[k][i], most->n[i]);
                if (more.n[i] == room->n[i])
                    continue;
                const size_t n_pages = count_pages(month, chase, &more, error);
                if (n_pages == 0)
                    return false;
                if (n_pages > 1)
                    continue;
                *room = more;
                has_grown = true;
            }
        }
    return true;
}

WmDocument *wm_report_summary(const WmMonth *month, GError **error)
{
    g_autoptr(WmChase) chase = wm_chase_new(month);
    const size_t n_rows[N_PARTS] = {
        [DECISIONS] = month->n_exceptions, [CHANGES] = count_changes(month), [DATES] = count_dates(chase)};
    Room most = MOST, room = {{0}};
    for (int i = 0; i < N_PARTS; i++) {
        most.n[i] = MIN(MOST.n[i], n_rows[i]);
        room.n[i] = MIN(1, n_rows[i]);
    }
    const size_t n_pages = count_pages(month, chase, &most, error);
    if (n_pages == 0 || (n_pages > 1 && !fill_page(month, chase, &most, &room, error)))
        return NULL;
    return make_summary(month, chase, n_pages == 1 ? &most : &room);
}
