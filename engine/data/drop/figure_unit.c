/* The units of figures. */
#include "engine/data/drop/figure_unit.h"

#include <string.h>

/* A currency sign, where the measure's unit names that currency, or is money that names none. */
static gboolean is_own_currency(const WmIndicator *indicator, const char *sign)
{
    static const char *const NAMES[][4] = {{"£", "£", "GBP", "pound"}, {"$", "$", "USD", "dollar"}, {"€", "€", "EUR", "euro"}};
    g_autofree char *own = g_ascii_strdown(indicator->measure_unit, -1);
    if (!*own)
        return indicator->measure.kind == WM_KIND_MONEY;
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
        for (size_t j = 1; strcmp(sign, NAMES[i][0]) == 0 && j < G_N_ELEMENTS(NAMES[i]); j++) {
            g_autofree char *name = g_ascii_strdown(NAMES[i][j], -1);
            if (strstr(own, name))
                return TRUE;
        }
    return FALSE;
}

gboolean figure_is_own_unit(const WmIndicator *indicator, const char *unit)
{
    const size_t length = strlen(unit);
    const char *own = indicator->measure_unit;
    if (strcmp(unit, "yes/no") == 0)
        return indicator->measure.kind == WM_KIND_YES_NO;
    if (length > 0 && !g_ascii_isalpha(*unit) && *unit != '%')
        return is_own_currency(indicator, unit);
    if (length == 0 || g_ascii_strcasecmp(unit, own) == 0)
        return TRUE;
    /* "1 week" of a measure in weeks, "41 percent" of one in % */
    return g_ascii_strncasecmp(unit, own, MAX(length, 1)) == 0 || (strcmp(own, "%") == 0 && g_str_has_prefix(unit, "percent")) ||
           (length > 1 && g_str_has_suffix(unit, "s") && g_ascii_strncasecmp(unit, own, length - 1) == 0);
}

gboolean figure_is_own_count(const WmIndicator *indicator, const char *unit)
{
    const WmKind kind = indicator->measure.kind;
    if (strcmp(unit, "yes/no") == 0 || strcmp(unit, "%") == 0 || g_str_has_prefix(unit, "percent"))
        return FALSE;
    return ((kind == WM_KIND_PERCENT || kind == WM_KIND_RATE) && g_ascii_isalpha(*unit)) || figure_is_own_unit(indicator, unit);
}
