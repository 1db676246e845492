/* Texts of figures: a finite number, or a state without one. */
#include <math.h>
#include <string.h>

#include "support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = input_text(data, size);
    WmValueText out;
    const bool is_read = wm_value_parse(text, &out);
    MUST(out.state < WM_N_READING_STATES);
    MUST(memchr(out.unit, 0, sizeof out.unit));
    MUST(!isinf(out.value));
    MUST(!is_read || isnan(out.value) != wm_reading_state_has_value(out.state));
    MUST(is_read || isnan(out.value) || out.state == WM_FINAL || out.state == WM_MISSING || out.state == WM_SUPPRESSED);
    return 0;
}
