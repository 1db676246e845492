/* What goes wrong with a server, and what to do about it. */
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

#define NOT_HALF "nothing was half-written"

/* By SQLSTATE, or by the class that its first two letters are. */
static const struct {
    const char *state, *advice;
} ADVICE[] = {
    {"55P03", "another Waymark is writing to it: try again when that has ended"},
    {"40", "two writers met: run again; " NOT_HALF},
    {"53100", "the server's disk is full: make room there, then run again; " NOT_HALF},
    {"53200", "the server is out of memory: try again; " NOT_HALF},
    {"53300", "the server takes no more connections: try again later"},
    {"42501", "this role may not do that: ask who keeps the database"},
    {"25006", "it can only be read: connect to the server that is written to"},
    {"3D000", "make the database first: createdb"},
    {"57014", "it was cancelled, or took longer than the server allows: run again; " NOT_HALF},
    {"57", "the server ended the connection: run again when it is back; what was under way is undone"},
    {"08", "the connection was lost: run again when the server is back; what was under way is undone"},
    {"XX001", "the database is damaged: restore it from a backup"},
};

static const char *advice_for(const PostgresStore *self, const char *state)
{
    for (size_t i = 0; state && i < G_N_ELEMENTS(ADVICE); i++)
        if (g_str_has_prefix(state, ADVICE[i].state))
            return ADVICE[i].advice;
    if (PQstatus(self->connection) != CONNECTION_OK)
        return "the connection was lost: run again when the server is back; what was under way is undone, and what was taken is "
               "known "
               "again";
    return NULL;
}

/* One line: libpq's own messages have several. */
static char *one_line(const char *text)
{
    g_auto(GStrv) lines = g_strsplit_set(text, "\n\t", -1);
    GString *out = g_string_new(NULL);
    for (char **line = lines; *line; line++)
        if (*g_strstrip(*line))
            g_string_append_printf(out, "%s%s", out->len ? " " : "", *line);
    return g_string_free(out, FALSE);
}

/* Of readings that are laid out over servers: the one that the server's words are about, by the schema of its tables. New; "". */
static char *shard_of(const PGresult *result)
{
    static const char SCHEMA[] = " waymark_";
    const char *context = result ? PQresultErrorField(result, PG_DIAG_CONTEXT) : NULL;
    const char *found = context ? strstr(context, SCHEMA) : NULL;
    const size_t n = found ? strspn(found + strlen(SCHEMA), "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;
    return n ? g_strdup_printf("on shard %.*s: ", (int)n, found + strlen(SCHEMA)) : g_strdup("");
}

gboolean postgres_fail(const PostgresStore *self, const PGresult *result, const char *doing, GError **error)
{
    const char *said = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    g_autofree char *message = one_line(said ? said : PQerrorMessage(self->connection)), *shard = shard_of(result);
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->base.path, .advice = advice_for(self, state)},
                 "cannot %s: %s%s", doing, shard, *message ? message : "the server does not say why");
    return FALSE;
}
