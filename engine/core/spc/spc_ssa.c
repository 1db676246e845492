/* The Stable Shift Algorithm: limits are set afresh where the process has shifted, and only if the shift lasts.
 *
 * As documented in the article "The Stable Shift Algorithm" of the R package autospc (0.0.0.9051); what that
 * leaves open (which reading is most extreme, ties, readings on the centre line) was settled by comparing results, and is written
 * down where it matters below and in docs/methods-spc.md.
 */
#include "engine/core/pause.h"
#include "engine/core/spc/spc_parts.h"

#include <math.h>

/* The part of a series that the algorithm works on: between two rebases, or the whole. */
typedef struct {
    WmSpcWork *work;
    const WmSsaOptions *options;
    size_t end; /* first reading after it */
    WmSpcLog *log;
} Segment;

static void note(const Segment *s, WmSsaStep step, size_t i, int direction, const WmSpcLine *line)
{
    WmSsaEntry *entry = &s->log->entries[s->log->n++];
    const size_t i_reading = i < s->end ? i : s->end - 1;
    *entry = (WmSsaEntry){.step = step,
                          .i_point = s->work->i_point[i_reading],
                          .direction = direction,
                          .centre = line ? wm_spc_shown(s->work->chart, line->centre) : NAN,
                          .lower = line ? wm_spc_shown(s->work->chart, wm_spc_lower(s->work, line, i_reading)) : NAN,
                          .upper = line ? wm_spc_shown(s->work->chart, wm_spc_upper(s->work, line, i_reading)) : NAN};
}

/* How far outside the limits a reading lies; <= 0 when it does not, or when there are none. */
static double excess(const WmSpcWork *work, const WmSpcLine *line, size_t i)
{
    const double below = wm_spc_lower(work, line, i) - work->y[i];
    const double above = work->y[i] - wm_spc_upper(work, line, i);
    return below > above ? below : above;
}

static double worst_excess(const WmSpcWork *work, const WmSpcLine *line, size_t first, size_t end)
{
    double worst = 0;
    for (size_t i = first; i < end; i++)
        if (work->left_out[i] == WM_SPC_KEPT && excess(work, line, i) > worst)
            worst = excess(work, line, i);
    return worst;
}

/* Limits from readings first .. end - 1, the most extreme left out one after another (equally extreme ones together, the earlier
 * first, as far as max_exclusions allows) until none is outside. */
static WmSpcLine line_without_extremes(const Segment *s, size_t first, size_t end)
{
    WmSpcWork *work = s->work;
    WmSpcLine line = work->chart->line(work, first, end);
    size_t n_left = s->options->max_exclusions;
    while (n_left > 0) {
        const double worst = worst_excess(work, &line, first, end);
        if (!(worst > 0))
            break;
        for (size_t i = first; i < end && n_left > 0; i++) {
            if (work->left_out[i] != WM_SPC_KEPT || excess(work, &line, i) < worst)
                continue;
            work->left_out[i] = WM_SPC_LEFT_OUT_AS_EXTREME;
            n_left--;
        }
        line = work->chart->line(work, first, end);
    }
    return line;
}

static void take_back_exclusions(WmSpcWork *work, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (work->left_out[i] == WM_SPC_LEFT_OUT_AS_EXTREME)
            work->left_out[i] = WM_SPC_KEPT;
}

/* First reading from `from` on at which at least shift_length readings follow on one side of the centre, itself included; s->end
 * when none does. Part of a longer run counts, as long as enough of it is left. */
static size_t find_shift(const Segment *s, double centre, size_t from, int *direction)
{
    size_t run = 0;
    int side = 0;
    for (size_t i = from; i < s->end; i++) {
        const int this_side = wm_spc_side(s->work, s->work->y[i], centre);
        run = this_side != 0 && this_side == side ? run + 1 : this_side != 0;
        side = this_side;
        if (run >= s->options->shift_length) {
            *direction = side;
            return i + 1 - s->options->shift_length;
        }
    }
    return s->end;
}

/* Whether a shift back begins within the candidate period: a run of shift_length readings on the other side of the candidate's
 * centre. A run at the very start of the candidate is the shift itself and does not count; one that is complete only after the
 * period counts where overhanging reversions do. */
static bool turns_back(const Segment *s, double centre, size_t first, size_t calc_end, int direction)
{
    size_t run = 0;
    for (size_t i = first; i < s->end; i++) {
        run = wm_spc_side(s->work, s->work->y[i], centre) == -direction ? run + 1 : 0;
        const size_t begin = i + 1 - run;
        if (run == 0 && i >= calc_end)
            return false;
        if (run < s->options->shift_length || begin == first || begin >= calc_end)
            continue;
        if (s->options->overhanging_reversions || begin + s->options->shift_length <= calc_end)
            return true;
    }
    return false;
}

/* Whether readings still to come could make the last run of the candidate period a shift back: since the last reading of the period
 * on the shift's own side, up to the end of the series, some reading lies on the other side and none on its own. */
static bool is_open(const Segment *s, double centre, size_t first, size_t calc_end, int direction)
{
    size_t begin = calc_end;
    while (begin > first && wm_spc_side(s->work, s->work->y[begin - 1], centre) != direction)
        begin--;
    if (begin == calc_end)
        return false;

    bool is_other_side = false;
    for (size_t i = begin; i < s->end; i++) {
        const int side = wm_spc_side(s->work, s->work->y[i], centre);
        if (side == direction)
            return false;
        is_other_side = is_other_side || side == -direction;
    }
    return is_other_side;
}

static WmSsaStep try_candidate(const Segment *s, double centre, size_t first, size_t calc_end, int direction)
{
    if (s->options->every_shift)
        return WM_SSA_ACCEPTED;
    if (turns_back(s, centre, first, calc_end, direction))
        return WM_SSA_REJECTED_REVERSION;
    if (s->options->no_regrets && is_open(s, centre, first, calc_end, direction))
        return WM_SSA_REJECTED_OPEN;
    return WM_SSA_ACCEPTED;
}

/* Each turn of the loop finds a shift against the limits in force, and accepts or rejects the limits that it would bring. */
static size_t re_establish(const Segment *s, size_t counter, WmSpcStretch *stretches)
{
    const size_t n_calc = s->options->period_min;
    size_t n_stretches = 1;
    while (s->end - counter >= n_calc) {
        wm_pause();
        int direction = 0;
        const size_t shift = find_shift(s, stretches[n_stretches - 1].line.centre, counter, &direction);
        if (shift == s->end) {
            note(s, WM_SSA_ENDED_NO_SHIFT, counter, 0, NULL);
            return n_stretches;
        }
        counter = shift;
        if (s->end - counter < n_calc)
            break;
        const size_t calc_end = shift + n_calc;
        const WmSpcLine candidate = line_without_extremes(s, shift, calc_end);
        const WmSsaStep step = try_candidate(s, candidate.centre, shift, calc_end, direction);
        note(s, step, shift, direction, &candidate);
        if (step != WM_SSA_ACCEPTED) {
            take_back_exclusions(s->work, shift, calc_end);
            counter = shift + 1;
            continue;
        }
        stretches[n_stretches - 1].end = shift;
        stretches[n_stretches++] = (WmSpcStretch){shift, s->end, calc_end, candidate};
        counter = calc_end;
    }
    note(s, WM_SSA_ENDED_TOO_FEW, counter, 0, NULL);
    return n_stretches;
}

size_t wm_ssa_establish(WmSpcWork *work, size_t first, size_t end, WmSpcStretch *stretches, WmSpcLog *log)
{
    const Segment s = {work, &work->options->ssa, end, log};
    const size_t baseline = work->options->fix_after ? work->options->fix_after : s.options->period_min;
    if (end - first < baseline) {
        stretches[0] = (WmSpcStretch){first, end, end, {NAN, NAN}};
        note(&s, WM_SSA_TOO_FEW, first, 0, NULL);
        return 1;
    }
    const size_t calc_end = first + baseline;
    stretches[0] = (WmSpcStretch){first, end, calc_end, line_without_extremes(&s, first, calc_end)};
    note(&s, WM_SSA_ESTABLISHED, first, 0, &stretches[0].line);
    return re_establish(&s, calc_end, stretches);
}
