/* Texts of periods: what is read as one is written so that it reads back as the same days. */
#include "support.h"

static void check_pair(const char *text, WmPeriodKind pair_kind)
{
    WmPeriod period, again;
    char written[WM_PERIOD_TEXT];
    if (!wm_period_parse(text, pair_kind, &period)) {
        MUST(period.kind == WM_PERIOD_NONE);
        return;
    }
    MUST(period.kind > WM_PERIOD_NONE && period.kind < WM_N_PERIOD_KINDS);
    MUST(wm_period_start(period) <= wm_period_end(period));
    wm_period_format(period, written);
    MUST(wm_period_parse(written, WM_PERIOD_FINANCIAL_YEAR, &again)); /* a bare pair of years is written for a financial year */
    MUST(wm_period_compare(period, again) == 0);
    MUST(wm_period_start(again) == wm_period_start(period) && wm_period_end(again) == wm_period_end(period));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = input_text(data, size);
    check_pair(text, WM_PERIOD_FINANCIAL_YEAR);
    check_pair(text, WM_PERIOD_ACADEMIC_YEAR);
    check_pair(text, WM_PERIOD_NONE);
    return 0;
}
