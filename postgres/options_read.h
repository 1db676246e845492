/* postgres/options_read.h: values out of a jsonb object by a table of keys: what each is called, what it may be, where it goes. */
#ifndef WM_POSTGRES_OPTIONS_READ_H
#define WM_POSTGRES_OPTIONS_READ_H

#include "postgres/options.h"

typedef struct Key Key;

/* Write a value to where the key's offset says. */
typedef void TakeFunc(const Key *key, JsonbValue *value, void *out);

struct Key {
    const char *name;
    unsigned users; /* OptionsUser */
    TakeFunc *take;
    size_t offset;
    const char *advice;                         /* what it may be */
    double low, high;                           /* of a number */
    bool (*parse)(const char *text, void *out); /* of a word */
    const Key *members;                         /* of an object, or of each object of a list; the last has no name */
    size_t size;                                /* of each */
    const void *blank;                          /* what a member that is not given has; NULL: what is there already */
};

enum { EVERYONE = OPTIONS_TREND | OPTIONS_SPC | OPTIONS_CHANCE | OPTIONS_ASSESS };

/* Of a bool, a number, a whole number, a word that `parse` knows, any text, a period; arrays of numbers and of periods; an object,
 * and an array of objects. */
TakeFunc take_bool, take_number, take_int, take_word, take_text, take_period, take_numbers, take_periods, take_object, take_list;

/* An array of as many verdicts as there are outlooks, as [policy] of plan.ini has them: "green", "green watch". */
TakeFunc take_verdicts;

/* Read an object's members by their table, those of one user. What the table lacks is an ERROR that lists what it has. */
void take_members(const Key *keys, unsigned user, JsonbContainer *object, void *out);

/* ERRORs of what was given as a whole. */
void refuse_all(const char *what, const char *hint) pg_attribute_noreturn();

#endif
