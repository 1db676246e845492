/* engine/core/text/number_scan.h: numbers inside texts, without a locale. */
#ifndef WM_CORE_NUMBER_SCAN_H
#define WM_CORE_NUMBER_SCAN_H

#include <waymark/base.h>

/* Longest text in which a figure is looked for, with its terminating 0. */
#define WM_NUMBER_TEXT 128

/* Copy `text` without the spaces (and no-break spaces) around it; false when it does not fit. */
bool wm_trim(const char *text, char *out, size_t size);

/* Past spaces, tabs and UTF-8 no-break spaces. */
const char *wm_skip_space(const char *text);

/* Read a number at the start of `text`: sign (also the true minus), currency sign, thousands separators in their places, a decimal
 * point, an exponent. Returns where it ends, or NULL when there is none, it is malformed (1,32; 0,512) or not finite. */
const char *wm_scan_number(const char *text, double *out);

#endif
