/* How far a batch is. Times are of a clock that only goes forward, and stand in no output but the log. */
#include "cli/batch/progress.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define LOG_FILE   "log.jsonl"
#define REFRESH_US 200000 /* between two lines on a terminal */

struct Progress {
    ProgressKind kind;
    FILE *log; /* NULL once it is closed, or could not be written */
    char *path;
    gboolean has_lost_log;
    size_t n, n_ended[N_PACK_ENDS];
    gint64 begun, shown; /* us */
    gboolean has_line;   /* a line without an end stands on the terminal */
};

static size_t n_done(const Progress *self)
{
    size_t n = 0;
    for (int i = 0; i < N_PACK_ENDS; i++)
        n += i == PACK_LEFT ? 0 : self->n_ended[i]; /* the next run does it */
    return n;
}

double progress_seconds(const Progress *self)
{
    return (double)(g_get_monotonic_time() - self->begun) / G_USEC_PER_SEC;
}

size_t progress_count(const Progress *self, PackEnd end)
{
    return self->n_ended[end];
}

/* Packs that were there already take no time, and say nothing about those to come. */
static double rate_of(const Progress *self)
{
    const size_t n = n_done(self) - self->n_ended[PACK_UNCHANGED] - self->n_ended[PACK_KEPT];
    const double seconds = progress_seconds(self);
    return seconds > 0 ? (double)n / seconds : 0;
}

static double seconds_left(const Progress *self)
{
    const double rate = rate_of(self);
    return rate > 0 ? (double)(self->n - n_done(self)) / rate : -1;
}

static void add_rounded(cJSON *json, const char *name, double value, int decimals)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    cJSON_AddRawToObject(json, name, g_ascii_formatd(text, sizeof text, format, value));
}

static void clear_line(Progress *self)
{
    if (self->has_line)
        fputs("\r\033[K", stderr);
    self->has_line = FALSE;
}

/* Told once, even when quiet, for it is an error; the packs do not need the log. What is left of it are whole lines and, it may be,
 * the beginning of another. */
static void lose_log(Progress *self)
{
    const int why = errno;
    clear_line(self);
    g_printerr("waymark batch: %s: cannot write it: %s; the packs are made all the same; make room, and run the batch again\n",
               self->path, g_strerror(why));
    self->has_lost_log = TRUE;
}

static void close_log(Progress *self)
{
    FILE *log = g_steal_pointer(&self->log);
    if (log && fclose(log) != 0 && !self->has_lost_log)
        lose_log(self);
}

static void write_log(Progress *self, const char *text)
{
    if (!self->log || (fprintf(self->log, "%s\n", text) >= 0 && fflush(self->log) == 0))
        return;
    lose_log(self);
    close_log(self);
}

/* One event, as a line of the log, and of stderr where that is asked for. Takes the object. */
static void tell(Progress *self, cJSON *event)
{
    add_rounded(event, "seconds", progress_seconds(self), 3);
    cJSON_AddNumberToObject(event, "done", (double)n_done(self));
    cJSON_AddNumberToObject(event, "of", (double)self->n);
    add_rounded(event, "packs_a_second", rate_of(self), 2);
    if (seconds_left(self) >= 0)
        add_rounded(event, "seconds_left", seconds_left(self), 1);
    char *text = cJSON_PrintUnformatted(event);
    write_log(self, text);
    if (self->kind == PROGRESS_JSON)
        fprintf(stderr, "%s\n", text);
    cJSON_free(text);
    cJSON_Delete(event);
}

static cJSON *new_event(const char *name)
{
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "event", name);
    return event;
}

Progress *progress_new(ProgressKind kind, const char *out, size_t n, GError **error)
{
    g_autofree char *path = g_build_filename(out, LOG_FILE, NULL);
    FILE *log = g_mkdir_with_parents(out, 0777) == 0 ? fopen(path, "we") : NULL;
    if (!log) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "choose another folder with --out"},
                     "cannot write it: %s", g_strerror(errno));
        return NULL;
    }
    Progress *self = g_new0(Progress, 1);
    *self = (Progress){.kind = kind, .log = log, .path = g_steal_pointer(&path), .n = n, .begun = g_get_monotonic_time()};
    tell(self, new_event("begin"));
    return self;
}

void progress_free(Progress *self)
{
    if (!self)
        return;
    clear_line(self);
    close_log(self);
    g_free(self->path);
    g_free(self);
}

static void show_line(Progress *self)
{
    const size_t n_failed = self->n_ended[PACK_FAILED] + self->n_ended[PACK_CRASHED];
    const double left = seconds_left(self);
    self->shown = g_get_monotonic_time();
    clear_line(self);
    fprintf(stderr, "%zu of %zu packs", n_done(self), self->n);
    if (left >= 0)
        fprintf(stderr, ", %.1f a second, %.0f s left", rate_of(self), left);
    if (n_failed)
        fprintf(stderr, ", %zu failed", n_failed);
    fflush(stderr);
    self->has_line = TRUE;
}

void progress_tick(Progress *self)
{
    if (self->kind == PROGRESS_AUTO && g_get_monotonic_time() - self->shown >= REFRESH_US)
        show_line(self);
}

void progress_pack(Progress *self, const char *pack, PackEnd end, const char *message)
{
    cJSON *event = new_event("pack");
    self->n_ended[end]++;
    cJSON_AddStringToObject(event, "pack", pack);
    cJSON_AddStringToObject(event, "state", pack_end_name(end));
    if (message)
        cJSON_AddStringToObject(event, "message", message);
    tell(self, event);
    if (end == PACK_FAILED || end == PACK_CRASHED)
        self->shown = 0; /* a failure is told at once */
    progress_tick(self);
}

void progress_end(Progress *self, gboolean was_interrupted)
{
    clear_line(self);
    tell(self, new_event(was_interrupted ? "interrupted" : "end"));
    close_log(self); /* a network file system may say only now that there was no room */
}

gboolean progress_has_lost_log(const Progress *self)
{
    return self->has_lost_log;
}
