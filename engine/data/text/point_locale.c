/* A point in numbers. */
#include "engine/data/text/point_locale.h"

PointLocale point_locale_begin(void)
{
    const locale_t before = uselocale((locale_t)0);
    const locale_t copy = duplocale(before);
    const locale_t plain = copy ? newlocale(LC_NUMERIC_MASK, "C", copy) : (locale_t)0;
    if (!plain)
        g_error("no memory for a locale"); /* as every other allocation of GLib's */
    uselocale(plain);
    return (PointLocale){before, plain};
}

void point_locale_clear(PointLocale *self)
{
    uselocale(self->before);
    freelocale(self->plain);
}
