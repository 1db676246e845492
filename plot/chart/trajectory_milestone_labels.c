/* The names of the milestones: what is due when, and what became of it. */
#include <math.h>

#include "plot/chart/trajectory_label_parts.h"

/* What a milestone's second line says of each outcome; NULL: its chance, where there is one. */
static const char *const OUTCOMES[] = {
    [WM_MILESTONE_AHEAD] = NULL,      [WM_MILESTONE_PENDING] = "awaits its reading",  [WM_MILESTONE_MET] = "met",
    [WM_MILESTONE_MISSED] = "missed", [WM_MILESTONE_RECOVERED] = "missed, recovered",
};

/* The chance that the title says, where it is of this milestone. */
static double chance_of(const WmSeries *series, const WmSeriesMilestone *milestone)
{
    const WmProspect *question = wm_assessment_question(&series->assessment);
    const bool is_asked = question->due == milestone->due && question->target == milestone->target;
    return is_asked && isfinite(question->chance) ? question->chance : milestone->chance;
}

static char *outcome_text(const WmSeries *series, const WmSeriesMilestone *milestone)
{
    char text[WM_VALUE_TEXT];
    if (OUTCOMES[milestone->outcome.state])
        return g_strdup(OUTCOMES[milestone->outcome.state]);
    const double chance = chance_of(series, milestone);
    return isnan(chance) ? g_strdup("") : g_strconcat(wm_chance_format(chance, text), " chance", NULL);
}

bool wm_milestone_is_drawn(const WmSeriesMilestone *milestone)
{
    return milestone->due != WM_NO_DAY && isfinite(milestone->target);
}

size_t wm_milestones_drawn(const WmSeries *series)
{
    size_t n = 0;
    for (size_t i = 0; i < series->n_milestones; i++)
        n += wm_milestone_is_drawn(&series->milestones[i]);
    return n;
}

static WmPoint milestone_point(const WmView *view, const WmSeriesMilestone *milestone)
{
    return wm_plot_point(view->plot, wm_day_to_months(milestone->due), milestone->target);
}

/* Another stands right above or below: a label there would be read as the other's. */
static bool is_stacked(const WmView *view, size_t i)
{
    const WmSeries *series = view->series;
    const WmPoint at = milestone_point(view, &series->milestones[i]);
    for (size_t j = 0; j < series->n_milestones; j++) {
        if (j == i || !wm_milestone_is_drawn(&series->milestones[j]))
            continue;
        const WmPoint other = milestone_point(view, &series->milestones[j]);
        if (fabs(other.x - at.x) < view->style->em * 2 && fabs(other.y - at.y) < view->style->em * 2)
            return true;
    }
    return false;
}

static bool label_milestone(const WmView *view, size_t i, double reach_em, bool is_needed)
{
    const WmSeriesMilestone *milestone = &view->series->milestones[i];
    char target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    g_autofree char *outcome = outcome_text(view->series, milestone);
    g_autofree char *first =
        g_strconcat(wm_label_target(view, milestone->target, target), " by ", wm_day_format_month(milestone->due, month), NULL);
    const WmTextStyle bold = wm_text_in(view->style->strong, view->style->palette->plan);
    const WmLabelPlace place = {milestone_point(view, milestone), wm_milestone_radius(view->style) + view->style->em * 0.3,
                                reach_em, is_stacked(view, i) ? WM_SIDES_BESIDE : WM_SIDES_AROUND};
    return wm_label_at_mark(view, place, (WmLabelLine){first, bold}, outcome) ||
           wm_label_at_mark(view, place, (WmLabelLine){target, bold}, NULL) ||
           (is_needed && wm_label_over_ink(view, place, (WmLabelLine){target, bold}));
}

/* The first milestone still ahead, the last of all, the latest judged, then the rest: a reader asks for them in this order. How
 * many got a label. */
size_t wm_label_milestones(const WmView *view)
{
    const WmSeries *series = view->series;
    size_t n = 0;
    size_t next = SIZE_MAX, last = SIZE_MAX, judged = SIZE_MAX;
    for (size_t i = 0; i < series->n_milestones; i++) {
        if (!wm_milestone_is_drawn(&series->milestones[i]))
            continue;
        const bool is_ahead = series->milestones[i].outcome.state <= WM_MILESTONE_PENDING;
        if (is_ahead && next == SIZE_MAX)
            next = i;
        if (!is_ahead)
            judged = i;
        last = i;
    }
    const bool is_full = view->style->detail == WM_DETAIL_FULL;
    const size_t order[] = {next, last, judged};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
        bool is_done = order[i] == SIZE_MAX;
        for (size_t j = 0; j < i; j++)
            is_done = is_done || order[j] == order[i];
        if (!is_done)
            n += label_milestone(view, order[i], i == 0 || is_full ? WM_LABEL_FAR : WM_LABEL_NEAR, i == 0 || is_full);
    }
    for (size_t i = 0; i < series->n_milestones && is_full; i++)
        if (wm_milestone_is_drawn(&series->milestones[i]) && i != next && i != last && i != judged)
            n += label_milestone(view, i, is_stacked(view, i) ? WM_LABEL_FAR : WM_LABEL_NEAR, false);
    return n;
}
