/* What a month comes to, in a sentence or two: the same on every paper. */
#include "plot/report/digests.h"
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

/* The order in which a reader counts: the worst first, then what is well, then what says nothing yet. */
static const WmRag HEADLINE_ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

/* "2 Red, 1 Amber and 1 Green with a signal of concern": the statuses of the exceptions, worst first. */
static char *count_exceptions(const WmMonth *month)
{
    size_t n[WM_N_RAGS] = {0};
    for (size_t i = 0; i < month->n_exceptions; i++)
        n[month->series[month->exceptions[i]].assessment.verdict.status]++;

    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(HEADLINE_ORDER); i++)
        if (n[HEADLINE_ORDER[i]])
            g_ptr_array_add(
                parts,
                g_strdup_printf("%zu %s%s", n[HEADLINE_ORDER[i]], wm_status_look(HEADLINE_ORDER[i])->word,
                                HEADLINE_ORDER[i] == WM_RED || HEADLINE_ORDER[i] == WM_AMBER ? "" : " with a signal of concern"));
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < parts->len; i++)
        g_string_append_printf(text, "%s%s",
                               i == 0                ? ""
                               : i + 1 == parts->len ? " and "
                                                     : ", ",
                               (const char *)g_ptr_array_index(parts, i));
    return g_string_free(text, FALSE);
}

static size_t count_raised_since(const WmMonth *month)
{
    size_t n = 0;
    for (size_t i = 0; i < month->n_exceptions; i++) {
        const WmDay raised = month->series[month->exceptions[i]].first_raised;
        n += raised != WM_NO_DAY && raised > month->previous_as_at;
    }
    return n;
}

/* Nothing to see says little where little can be judged: how many can be comes first. `what` is Nothing, or No measure where
 * something is said of the actions. */
static WmProse *say_quiet(WmDocument *document, const WmMonth *month, const char *measures, const char *what)
{
    const size_t n_judged = month->n_series - month->n_status[WM_GREY] - month->n_status[WM_WHITE];
    if (n_judged == month->n_series)
        return wm_document_prosef(document, "%s needs the board's attention this month: none of the plan's %s is an exception.",
                                  what, measures);
    if (n_judged == 0)
        return wm_document_prosef(document, "None of the plan's %s can be judged.", measures);
    return wm_document_prosef(document, "Only %zu of the plan's %s can be judged, and %s the board's attention this month.",
                              n_judged, measures, n_judged == 1 ? "it does not need" : "none of them needs");
}

static WmProse *say_exceptions(WmDocument *document, const WmMonth *month, const char *measures)
{
    g_autofree char *counts = count_exceptions(month);
    WmProse *prose = wm_document_prose(document, "");
    if (month->n_exceptions == month->n_series && month->n_series > 1)
        wm_prose_addf(prose, WM_RUN_STRONG, "%s need the board's attention: %s.",
                      month->n_series == 2 ? "Both of the plan's measures"
                                           : wm_document_textf(document, "All of the plan's %s", measures),
                      counts);
    else
        wm_prose_addf(prose, WM_RUN_STRONG, "%zu of the plan's %s %s the board's attention: %s.", month->n_exceptions, measures,
                      month->n_exceptions == 1 ? "needs" : "need", counts);
    const size_t n_missed = wm_exception_n_missed(month), n_new = count_raised_since(month);
    if (month->previous_as_at != WM_NO_DAY && n_new == 0)
        wm_prose_add(prose, WM_RUN_PLAIN, " None is new since the last report.");
    else if (month->previous_as_at != WM_NO_DAY)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %zu %s new since the last report.", n_new, n_new == 1 ? "is" : "are");
    if (n_missed)
        wm_prose_addf(prose, WM_RUN_PLAIN, " %s passed without recovery.",
                      n_missed == 1 ? "1 recovery date has" : wm_document_textf(document, "%zu recovery dates have", n_missed));
    return prose;
}

WmProse *wm_say_headline(WmDocument *document, const WmMonth *month)
{
    const char *measures = wm_say_count(document, month->n_series, "measure"), *actions = wm_action_say_briefly(document, month);
    WmProse *prose = month->n_series == 0
                         ? wm_document_prosef(document, "The plan has no measure yet, so there is nothing to report on%s.",
                                              *actions ? " but its actions" : "")
                     : month->n_exceptions == 0 ? say_quiet(document, month, measures, *actions ? "No measure" : "Nothing")
                                                : say_exceptions(document, month, measures);
    if (*actions)
        wm_prose_addf(prose, WM_RUN_STRONG, " %s", actions);
    return prose;
}
