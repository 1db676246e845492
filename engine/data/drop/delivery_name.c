/* Names of files that were received on one day. */
#include "engine/data/drop/delivery_name.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DIGITS 9

static size_t stem_length(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && dot != name ? (size_t)(dot - name) : strlen(name);
}

/* The number before the ending, and where its tilde is; 1, and the stem's end, where there is none. */
static long number_of(const char *name, size_t *at)
{
    const size_t end = stem_length(name);
    size_t digits = end;
    while (digits > 0 && g_ascii_isdigit(name[digits - 1]))
        digits--;
    *at = end;
    if (digits < 2 || digits == end || end - digits > MAX_DIGITS || name[digits] == '0' || name[digits - 1] != '~')
        return 1;
    *at = digits - 1;
    return strtol(name + digits, NULL, 10);
}

char *delivery_name_sent(const char *name)
{
    size_t at;
    number_of(name, &at);
    return g_strdup_printf("%.*s%s", (int)at, name, name + stem_length(name));
}

/* 9 is followed by 90 and 99 by 990: they stand in that order as texts, too. */
static long number_after(long number)
{
    long power = 10;
    while (power <= number)
        power *= 10;
    return number + 1 == power ? number * 10 : number + 1;
}

char *delivery_name_next(const char *name)
{
    size_t at;
    const long number = number_of(name, &at);
    return g_strdup_printf("%.*s~%ld%s", (int)at, name, number_after(number), name + stem_length(name));
}
