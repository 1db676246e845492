/* A spreadsheet's errors. */
#include "engine/data/plan/failed_formula.h"

#include <string.h>

gboolean is_failed_formula(const char *text)
{
    static const char *const ERRORS[] = {"#NULL!", "#DIV/0!", "#VALUE!",       "#REF!",   "#NAME?",
                                         "#NUM!",  "#N/A",    "#GETTING_DATA", "#SPILL!", "#CALC!"};
    if (*text != '#') /* as nearly every text: it is asked of each row of a file */
        return FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(ERRORS); i++)
        if (strcmp(text, ERRORS[i]) == 0)
            return TRUE;
    return g_str_has_prefix(text, UNCALCULATED);
}
