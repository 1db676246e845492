/* The dictionary's tables, and finding one's way in them. To add a column: a row in dictionary_assessments.c or
 * dictionary_tables.c, in the place where the table writes it; to add a table: its columns there, a row here, and one in pack.c.
 * Then `./run dictionary`. */
#include <string.h>
#include <waymark/dictionary.h>

#include "engine/data/pack/dictionary_private.h"

static const WmDictionaryTable TABLES[] = {
    {"assessments", "Assessments", "a series: where it stands, where it goes, and why", ASSESSMENT_FIELDS},
    {"prospects", "Prospects", "a milestone of a series: what became of it, or its chance", PROSPECT_FIELDS},
    {"readings", "Readings", "a reading of a series as known at the as-at", READING_FIELDS},
    {"exceptions", "Exceptions", "an exception that is open, or has closed since the as-at before", EXCEPTION_FIELDS},
    {"signals", "Signals", "a reading of a series whose control chart signals", SIGNAL_FIELDS},
    {"revisions", "Revisions", "a figure that is materially another than at the as-at before", REVISION_FIELDS},
    {"areas", "Areas", "a unit of a measure beside its peers: the units of its type in units.csv", AREA_FIELDS},
    {"actions", "Action tracker", "an action of the plan", ACTION_FIELDS},
    {"risks", "Risk register", "a risk of the plan", RISK_FIELDS},
    {"chase", "Chase list", "something that is due or overdue", CHASE_FIELDS},
    {"checks", "Data checks", "a finding about the plan or its data", CHECK_FIELDS},
    {"drops", "Drops", "a file received by the as-at", DROP_FIELDS},
};

const WmDictionaryTable *wm_dictionary(size_t *n)
{
    *n = G_N_ELEMENTS(TABLES);
    return TABLES;
}

const WmDictionaryTable *wm_dictionary_table(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(TABLES); i++)
        if (strcmp(TABLES[i].name, name) == 0)
            return &TABLES[i];
    return NULL;
}

const WmField *wm_dictionary_field(const WmDictionaryTable *table, const char *name)
{
    for (const WmField *field = table->fields; field->name; field++)
        if (strcmp(field->name, name) == 0)
            return field;
    return NULL;
}

const char *wm_field_kind_name(WmFieldKind kind)
{
    static const char *const NAMES[WM_N_FIELD_KINDS] = {
        [WM_FIELD_TEXT] = "text",   [WM_FIELD_WORD] = "word", [WM_FIELD_CODES] = "codes",   [WM_FIELD_NUMBER] = "number",
        [WM_FIELD_WHOLE] = "whole", [WM_FIELD_DAY] = "day",   [WM_FIELD_PERIOD] = "period",
    };
    return NAMES[kind];
}

char *wm_field_words(const WmField *field)
{
    GString *words = g_string_new(NULL);
    for (size_t i = 0; field->word && field->word(i); i++)
        if (*field->word(i))
            g_string_append_printf(words, "%s%s", words->len ? " " : "", field->word(i));
    return g_string_free(words, FALSE);
}

char *wm_field_range(const WmField *field)
{
    if (!field->has_range)
        return g_strdup("");
    if (isnan(field->high))
        return g_strdup_printf("%g or more", field->low);
    return g_strdup_printf("%g to %g", field->low, field->high);
}
