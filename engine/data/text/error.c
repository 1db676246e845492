/* The one kind of error: its message reads file:line:column: what; what to do, and its parts can be had as data. */
#include <waymark/error.h>

typedef struct {
    char *file;
    int line, column;
    char *advice;
    char *what;
} WmErrorPrivate;

static void wm_error_private_init(WmErrorPrivate *self)
{
    *self = (WmErrorPrivate){0};
}

static void wm_error_private_copy(const WmErrorPrivate *from, WmErrorPrivate *to)
{
    *to = (WmErrorPrivate){g_strdup(from->file), from->line, from->column, g_strdup(from->advice), g_strdup(from->what)};
}

static void wm_error_private_clear(WmErrorPrivate *self)
{
    g_free(self->file);
    g_free(self->advice);
    g_free(self->what);
}

/* Defines wm_error_quark and the access to the private part. */
G_DEFINE_EXTENDED_ERROR(WmError, wm_error)

void wm_error_set(GError **error, WmErrorCode code, const WmErrorPlace *place, const char *format, ...)
{
    if (!error)
        return;

    g_autoptr(GString) message = g_string_new(NULL);
    if (place && place->file)
        g_string_append_printf(message, "%s:", place->file);
    if (place && place->line)
        g_string_append_printf(message, "%d:", place->line);
    if (place && place->column)
        g_string_append_printf(message, "%d:", place->column);
    if (message->len)
        g_string_append_c(message, ' ');
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append(message, what);
    if (place && place->advice)
        g_string_append_printf(message, "; %s", place->advice);

    g_set_error_literal(error, WM_ERROR, (int)code, message->str);
    WmErrorPrivate *private = wm_error_get_private(*error);
    const WmErrorPlace none = {0};
    const WmErrorPlace *given = place ? place : &none;
    if (private)
        *private =
            (WmErrorPrivate){g_strdup(given->file), given->line, given->column, g_strdup(given->advice), g_steal_pointer(&what)};
}

const char *wm_error_what(const GError *error)
{
    const WmErrorPrivate *private = error->domain == WM_ERROR ? wm_error_get_private(error) : NULL;
    return private && private->what ? private->what : error->message;
}

WmErrorPlace wm_error_place(const GError *error)
{
    if (!error || error->domain != WM_ERROR)
        return (WmErrorPlace){0};
    const WmErrorPrivate *private = wm_error_get_private(error);
    return (WmErrorPlace){private->file, private->line, private->column, private->advice};
}
