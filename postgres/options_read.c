/* Values by one table. */
#include "postgres/options_read.h"

#include <math.h>
#include <utils/builtins.h>

/* ---- values */

static void pg_attribute_noreturn() refuse(const Key *key, const char *what)
{
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: option \"%s\" %s", key->name, what),
                    errhint("It may be %s.", key->advice)));
    pg_unreachable();
}

static char *text_of(const Key *key, const JsonbValue *value)
{
    if (value->type != jbvString)
        refuse(key, "is no text");
    return pnstrdup(value->val.string.val, (Size)value->val.string.len);
}

static double number_of(const Key *key, const JsonbValue *value)
{
    if (value->type != jbvNumeric)
        refuse(key, "is no number");
    const double number = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, NumericGetDatum(value->val.numeric)));
    if (!isfinite(number) || number < key->low || number > key->high)
        refuse(key, "is out of range");
    return number;
}

void take_number(const Key *key, JsonbValue *value, void *out)
{
    *(double *)out = number_of(key, value);
}

void take_int(const Key *key, JsonbValue *value, void *out)
{
    const double number = number_of(key, value);
    if (number != floor(number))
        refuse(key, "is no whole number");
    *(int *)out = (int)number;
}

void take_bool(const Key *key, JsonbValue *value, void *out)
{
    if (value->type != jbvBool)
        refuse(key, "is neither true nor false");
    *(bool *)out = value->val.boolean;
}

void take_word(const Key *key, JsonbValue *value, void *out)
{
    const char *text = text_of(key, value);
    if (!key->parse(text, out))
        refuse(key, psprintf("is \"%s\"", text));
}

void take_text(const Key *key, JsonbValue *value, void *out)
{
    *(const char **)out = text_of(key, value);
}

void take_period(const Key *key, JsonbValue *value, void *out)
{
    const char *text = text_of(key, value);
    if (!wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, out))
        refuse(key, psprintf("is \"%s\", which is no period", text));
}

/* ---- lists and objects */

static JsonbContainer *array_of(const Key *key, const JsonbValue *value)
{
    if (value->type != jbvBinary || !JsonContainerIsArray(value->val.binary.data))
        refuse(key, "is no array");
    return value->val.binary.data;
}

/* Bounds may leave an end open. */
void take_numbers(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    OptionNumbers *self = out;
    self->n = (int)JsonContainerSize(array);
    self->items = palloc((Size)(self->n + 1) * sizeof *self->items);
    for (int i = 0; i < self->n; i++) {
        const JsonbValue *item = getIthJsonbValueFromContainer(array, (uint32)i);
        self->items[i] = item->type == jbvNull ? NAN : number_of(key, item);
    }
}

void take_periods(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    OptionPeriods *self = out;
    self->n = (int)JsonContainerSize(array);
    self->items = palloc((Size)(self->n + 1) * sizeof *self->items);
    for (int i = 0; i < self->n; i++)
        take_period(key, getIthJsonbValueFromContainer(array, (uint32)i), &self->items[i]);
}

static const Key *find_key(const Key *keys, unsigned user, const JsonbValue *name)
{
    for (const Key *key = keys; key->name; key++)
        if ((key->users & user) && strlen(key->name) == (size_t)name->val.string.len &&
            memcmp(key->name, name->val.string.val, (size_t)name->val.string.len) == 0)
            return key;

    StringInfoData known;
    initStringInfo(&known);
    for (const Key *key = keys; key->name; key++)
        if (key->users & user)
            appendStringInfo(&known, "%s%s", known.len ? ", " : "", key->name);
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("waymark: there is no option \"%.*s\"", name->val.string.len, name->val.string.val),
                    errhint("The options here are: %s.", known.data)));
}

void take_members(const Key *keys, unsigned user, JsonbContainer *object, void *out)
{
    JsonbIterator *walk = JsonbIteratorInit(object);
    JsonbValue value;
    const Key *key = NULL;
    JsonbIteratorToken token;
    while ((token = JsonbIteratorNext(&walk, &value, true)) != WJB_DONE) {
        if (token == WJB_KEY)
            key = find_key(keys, user, &value);
        else if (token == WJB_VALUE && value.type != jbvNull)
            key->take(key, &value, (char *)out + key->offset);
    }
}

void take_object(const Key *key, JsonbValue *value, void *out)
{
    if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
        refuse(key, "is no object");
    if (key->blank)
        memcpy(out, key->blank, key->size);
    take_members(key->members, EVERYONE, value->val.binary.data, out);
}

/* The layout that every list of objects has. */
typedef struct {
    void *items;
    int n;
} List;

void take_list(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    List *self = out;
    self->n = (int)JsonContainerSize(array);
    self->items = palloc((Size)(self->n + 1) * key->size);
    for (int i = 0; i < self->n; i++)
        take_object(key, getIthJsonbValueFromContainer(array, (uint32)i), (char *)self->items + (size_t)i * key->size);
}

/* "green", or "green watch". */
static bool parse_verdict(char *text, WmVerdict *out)
{
    char *mark = strchr(text, ' ');
    out->mark = WM_PLAIN;
    if (mark)
        *mark++ = 0;
    return wm_rag_parse(text, &out->status) && (!mark || wm_mark_parse(mark, &out->mark));
}

void take_verdicts(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    WmVerdict *row = out;
    if (JsonContainerSize(array) != WM_N_OUTLOOKS)
        refuse(key, "has not one status for each outlook");
    for (uint32 i = 0; i < WM_N_OUTLOOKS; i++) {
        char *text = text_of(key, getIthJsonbValueFromContainer(array, i));
        if (!parse_verdict(pstrdup(text), &row[i]))
            refuse(key, psprintf("has \"%s\"", text));
    }
}

void refuse_all(const char *what, const char *hint)
{
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: %s", what), errhint("%s", hint)));
    pg_unreachable();
}
