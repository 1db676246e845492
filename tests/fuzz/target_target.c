/* Texts of targets, for measures of every kind: every text has a meaning, and comes to a finite number or to a reason. */
#include <math.h>

#include "support.h"

static void check_measure(const char *text, WmKind kind, WmPolarity polarity)
{
    const WmMeasure measure = {
        .kind = kind, .polarity = polarity, .low = 0, .high = kind == WM_KIND_PERCENT ? 100 : NAN, .tolerance = NAN, .near = NAN};
    static const double BASELINES[] = {NAN, 0, 40};
    const WmTargetText target = wm_target_parse(text, &measure);
    MUST(target.kind < WM_N_TARGET_KINDS);
    MUST(!isinf(target.number));
    MUST((target.comparator != NULL) == (target.kind == WM_TARGET_COMPARATOR));
    for (size_t i = 0; i < G_N_ELEMENTS(BASELINES); i++) {
        const WmResolvedTarget resolved = wm_target_resolve(&target, &measure, "%", BASELINES[i], NULL, 0);
        MUST(!isinf(resolved.target));
        MUST(isnan(resolved.target) == (*resolved.reason != 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = input_text(data, size);
    for (int kind = 0; kind < WM_N_KINDS; kind++)
        for (int polarity = 0; polarity < WM_N_POLARITIES; polarity++)
            check_measure(text, (WmKind)kind, (WmPolarity)polarity);
    return 0;
}
