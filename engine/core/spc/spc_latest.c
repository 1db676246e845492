/* The latest reading against the limits of its own series. */
#include <waymark/spc.h>

#include <math.h>

/* Readings back from the latest that carry its signal in its direction. A bit does not tell a run above the centre from the one
 * below it that came before; the reading's side does. */
static size_t signal_length(const WmSpc *spc)
{
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    const WmSpcPhase *phase = &spc->phases[last->i_phase];
    const bool is_run = last->signal == WM_SIGNAL_RUN || last->signal == WM_SIGNAL_NELSON_2 || last->signal == WM_SIGNAL_LONG_RUN;
    size_t length = 0;
    for (size_t i = spc->i_last + 1; last->signal != WM_SIGNAL_NONE && i-- > phase->i_first;) {
        const WmSpcVerdict *v = &spc->points[i];
        if (isnan(v->value) || (last->signal == WM_SIGNAL_LONG_RUN && v->value == v->centre))
            continue; /* neither breaks a run nor lengthens it */
        if (!(v->signals >> last->signal & 1) || (is_run && (v->value > v->centre) != (last->direction > 0)))
            break;
        length++;
    }
    return length;
}

WmSpcLatest wm_spc_latest(const WmSpc *spc)
{
    if (spc->i_last == SIZE_MAX)
        return (WmSpcLatest){.i_point = SIZE_MAX, .value = NAN, .centre = NAN, .sigma = NAN, .distance = NAN};
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    return (WmSpcLatest){
        .i_point = spc->i_last,
        .value = last->value,
        .centre = last->centre,
        .sigma = last->sigma,
        .distance = last->sigma > 0 ? (last->value - last->centre) / last->sigma : NAN,
        .n_used = spc->phases[last->i_phase].n_used,
        .signal = last->signal,
        .direction = last->direction,
        .effect = last->effect,
        .n_signal = signal_length(spc),
        .can_tell = isfinite(last->upper) && spc->phases[last->i_phase].n_used >= WM_SPC_FEWEST,
        .is_beyond_noise = last->signal != WM_SIGNAL_NONE,
    };
}

bool wm_spc_can_signal(const WmSpc *spc)
{
    if (spc->i_last == SIZE_MAX)
        return false;
    const WmSpcPhase *phase = &spc->phases[spc->points[spc->i_last].i_phase];
    return phase->n_readings >= 3 && !phase->is_constant && phase->n_used > 0 && !phase->is_mute;
}
