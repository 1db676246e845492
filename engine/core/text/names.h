/* engine/core/text/names.h: an enum's names in files, both ways, from one table. */
#ifndef WM_CORE_NAMES_H
#define WM_CORE_NAMES_H

#include <waymark/base.h>

/* Defines PREFIX_name(value) and PREFIX_parse(text, &out) over a table of names indexed by the enum. */
#define WM_DEFINE_NAMES(prefix, Type, table)                                              \
    const char *prefix##_name(Type value)                                                 \
    {                                                                                     \
        return (table)[value];                                                            \
    }                                                                                     \
    bool prefix##_parse(const char *text, Type *out)                                      \
    {                                                                                     \
        const int found = wm_names_find((table), sizeof(table) / sizeof(table)[0], text); \
        if (found >= 0)                                                                   \
            *out = (Type)found;                                                           \
        return found >= 0;                                                                \
    }

#endif
