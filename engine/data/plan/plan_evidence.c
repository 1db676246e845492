/* Evidence that is to come at its own pace. */
#include <string.h>
#include <waymark/plan.h>

const WmEvidence *wm_plan_evidence_on(const WmPlan *self, const WmEvidenceItem *item, WmDay day)
{
    const WmEvidence *last = NULL;
    for (size_t i = 0; i < self->n_evidence; i++) {
        const WmEvidence *row = &self->evidence[i];
        if (strcmp(row->item, item->item) == 0 && row->as_at != WM_NO_DAY && row->as_at <= day &&
            (!last || row->as_at >= last->as_at))
            last = row;
    }
    return last;
}

/* The end of the month that lies so many months after a day's. */
static WmDay months_after(WmDay day, int months)
{
    return wm_period_end(wm_period_step(wm_period_containing(WM_PERIOD_MONTH, day), months));
}

WmDay wm_plan_evidence_due(const WmPlan *self, const WmEvidenceItem *item, WmDay day)
{
    const WmEvidence *last = wm_plan_evidence_on(self, item, day);
    if (last)
        return item->every_months ? months_after(last->as_at, item->every_months) : WM_NO_DAY;
    if (item->first_due != WM_NO_DAY || self->settings.start == WM_NO_DAY || item->every_months == 0)
        return item->first_due;
    return months_after(self->settings.start, item->every_months);
}
