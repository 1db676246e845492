/* engine/data/text/point_locale.h: a point in numbers, whatever the host's locale. Our own text needs none of this; libraries that
 * print and read numbers with the C library do: Cairo reads "rect=[1.5 2]" in the attributes of a tag, and libxlsxwriter prints
 * every number of a sheet. */
#ifndef WM_DATA_POINT_LOCALE_H
#define WM_DATA_POINT_LOCALE_H

#include <glib.h>
#include <locale.h>

/* This thread's locale, to be put back. */
typedef struct {
    locale_t before, plain;
} PointLocale;

/* As C has numbers, in this thread, until it is cleared. */
PointLocale point_locale_begin(void);
void point_locale_clear(PointLocale *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PointLocale, point_locale_clear)

#endif
