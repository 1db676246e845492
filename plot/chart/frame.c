/* What stands around every chart. */
#include "plot/chart/frame.h"

#include <math.h>
#include <string.h>

#define LEADING          1.24
#define SUBTITLE_LEADING 1.4
#define SEPARATOR        "  ·  "

/* The first wording that fits on n_lines; NULL when none does. */
static const char *fitting(WmTypeset *typeset, const WmChartStyle *style, GStrv findings, size_t n_findings, double width,
                           size_t n_lines)
{
    for (size_t i = 0; i < n_findings; i++)
        if (wm_text_fits(typeset, findings[i], &style->title, width, n_lines))
            return findings[i];
    return NULL;
}

/* Two clauses stand on a line each where they fit; other titles are broken into lines of like length. */
static GStrv break_title(WmTypeset *typeset, const WmChartStyle *style, const char *title, double width, size_t max_lines)
{
    const char *second = strstr(title, "; ");
    if (second && max_lines > 1 && !wm_text_fits(typeset, title, &style->title, width, 1)) {
        g_autofree char *first = g_strndup(title, (size_t)(second + 1 - title));
        if (wm_text_fits(typeset, first, &style->title, width, 1) && wm_text_fits(typeset, second + 2, &style->title, width, 1)) {
            GStrv lines = g_new0(char *, 3);
            lines[0] = g_steal_pointer(&first);
            lines[1] = g_strdup(second + 2);
            return lines;
        }
    }
    return wm_text_wrap_evenly(typeset, title, &style->title, width, max_lines);
}

/* One of the two fullest wordings on one line, else the fullest on more, else the shortest, cut. */
static GStrv choose_title(WmTypeset *typeset, const WmChartStyle *style, GStrv findings, double width, size_t max_lines)
{
    const size_t n = g_strv_length(findings);
    const char *title = fitting(typeset, style, findings, MIN(n, 2), width, 1);
    if (!title)
        title = fitting(typeset, style, findings, n, width, max_lines);
    return break_title(typeset, style, title ? title : findings[n - 1], width, max_lines);
}

static double draw_lines(WmCanvas *canvas, GStrv lines, const WmTextStyle *style, double leading, double x, double y)
{
    for (; *lines; lines++) {
        wm_canvas_text(canvas, (WmPoint){x, y + WM_TEXT_ABOVE * style->size_px}, WM_ANCHOR_START, *lines, style);
        y += style->size_px * leading;
    }
    return y;
}

/* Width for a line at y: beside a badge, which may reach below the title, it ends with the title. */
static double width_at(WmRect room, double title_width, WmRect badge, double y)
{
    return badge.width > 0 && y < badge.y + badge.height ? title_width : room.width;
}

/* "As at 31 Mar 2022 · Illustrative data · Source: …": the source comes last, for it is the longest and bears cutting best. */
static double draw_provenance(WmCanvas *canvas, const WmChartStyle *style, const WmHeader *header, WmRect room, double y)
{
    const WmTextStyle bold = {style->subtitle.size_px, true, style->title.colour, {0, 0}};
    g_autofree char *source = *header->source ? g_strconcat("Source: ", header->source, NULL) : g_strdup("");
    const struct {
        const char *text;
        const WmTextStyle *style;
    } runs[] = {
        {header->is_illustrative ? "Illustrative data" : "", &bold},
        {style->detail == WM_DETAIL_SPARK ? "" : header->as_at, &style->subtitle},
        {style->detail == WM_DETAIL_SPARK ? "" : source, &style->subtitle},
    };
    const double baseline = y + WM_TEXT_ABOVE * style->subtitle.size_px;
    const double separator = wm_text_width(wm_canvas_typeset(canvas), SEPARATOR, &style->subtitle);
    double x = room.x;
    for (size_t i = 0; i < G_N_ELEMENTS(runs); i++) {
        const double gap = x > room.x ? separator : 0;
        g_autofree char *text =
            wm_text_shorten(wm_canvas_typeset(canvas), runs[i].text, runs[i].style, room.x + room.width - x - gap);
        if (!*text)
            continue;
        if (gap > 0)
            wm_canvas_text(canvas, (WmPoint){x + separator / 2, baseline}, WM_ANCHOR_MIDDLE, "·", &style->subtitle);
        const WmRect box = wm_canvas_text(canvas, (WmPoint){x + gap, baseline}, WM_ANCHOR_START, text, runs[i].style);
        x = box.x + box.width;
    }
    return x > room.x ? y + style->subtitle.size_px * SUBTITLE_LEADING : y;
}

/* The badge, or the empty corner where there is none. */
static WmRect draw_badge(WmCanvas *canvas, const WmChartStyle *style, const WmBadge *badge, WmRect room)
{
    const WmPoint corner = {room.x + room.width, room.y};
    return badge->draw ? badge->draw(canvas, style, badge->data, corner, room.width / 3) : (WmRect){corner.x, corner.y, 0, 0};
}

WmRect wm_frame_header(WmCanvas *canvas, const WmChartStyle *style, const WmHeader *header)
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const WmRect page = wm_rect_grow(wm_canvas_bounds(canvas), -style->margin);
    WmRect room = page;
    const bool is_spark = style->detail == WM_DETAIL_SPARK;
    const WmRect pill = draw_badge(canvas, style, &header->badge, room);
    const double title_width = pill.width > 0 ? pill.x - room.x - style->em : room.width;

    g_auto(GStrv) title = choose_title(typeset, style, header->findings, title_width, 2);
    double y = draw_lines(canvas, title, &style->title, LEADING, room.x, room.y) + style->em * 0.15;
    if (!is_spark) {
        g_auto(GStrv) subject = wm_text_wrap(typeset, header->subject, &style->subtitle, width_at(room, title_width, pill, y),
                                             style->detail == WM_DETAIL_FULL ? 2 : 1);
        y = draw_lines(canvas, subject, &style->subtitle, SUBTITLE_LEADING, room.x, y);
    }
    room.width = width_at(room, title_width, pill, y);
    const double foot = fmax(draw_provenance(canvas, style, header, room, y), pill.y + pill.height + style->em * 0.2);
    return (WmRect){page.x, foot, page.width, page.y + page.height - foot};
}

char *wm_frame_as_at(WmDay day)
{
    char text[WM_PERIOD_TEXT];
    return day == WM_NO_DAY ? g_strdup("") : g_strconcat("As at ", wm_day_format(day, text), NULL);
}

WmRect wm_frame_notes(WmCanvas *canvas, const WmChartStyle *style, WmRect room, const char *notes)
{
    if (!*notes || style->detail == WM_DETAIL_SPARK)
        return room;
    const WmPoint at = {room.x, room.y + room.height - style->note.size_px * WM_TEXT_BELOW};
    g_autofree char *fitted = wm_text_shorten(wm_canvas_typeset(canvas), notes, &style->note, room.width);
    wm_canvas_text(canvas, at, WM_ANCHOR_START, fitted, &style->note);
    room.height -= wm_frame_row_height(style) * 0.95;
    return room;
}

char *wm_frame_join(const char *const *parts)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (; *parts; parts++)
        if (**parts)
            g_string_append_printf(text, "%s%s", text->len ? SEPARATOR : "", *parts);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

double wm_frame_row_height(const WmChartStyle *style)
{
    return style->note.size_px * 1.5;
}

GArray *wm_frame_key_of(const WmKeyRow *rows, size_t n_rows)
{
    GArray *key = g_array_new(FALSE, FALSE, sizeof(WmKeyEntry));
    for (size_t i = 0; i < n_rows; i++)
        if (rows[i].is_shown)
            g_array_append_val(key, rows[i].entry);
    return key;
}

size_t wm_frame_key(WmCanvas *canvas, WmTypeset *typeset, const WmChartStyle *style, const WmKeyEntry *entries, size_t n_entries,
                    WmRect room, size_t max_rows)
{
    const double row_height = wm_frame_row_height(style), swatch_width = style->em * 1.6, gap = style->em * 0.4;
    double x = room.x;
    size_t row = 0;
    for (size_t i = 0; i < n_entries && max_rows > 0; i++) {
        const double width = swatch_width + gap + wm_text_width(typeset, entries[i].text, &style->note);
        if (x > room.x && x + width > room.x + room.width) {
            if (++row >= max_rows)
                return max_rows;
            x = room.x;
        }
        if (width > room.width)
            continue;
        if (canvas) {
            const double y = room.y + (double)row * row_height;
            entries[i].draw(canvas, style, (WmRect){x, y, swatch_width, style->note.size_px});
            wm_canvas_text(canvas, (WmPoint){x + swatch_width + gap, y + WM_TEXT_ABOVE * style->note.size_px + 0.5},
                           WM_ANCHOR_START, entries[i].text, &style->note);
        }
        x += width + style->em * 1.5;
    }
    return n_entries > 0 && max_rows > 0 ? row + 1 : 0;
}

#define KEY_SHARE     0.3 /* of the room that a key may take on a small page: a mark without a name is worse than a lower plot */
#define MOST_KEY_ROWS 3

static size_t key_rows_allowed(const WmChartStyle *style, double height)
{
    static const size_t LEAST[] = {[WM_DETAIL_SPARK] = 0, [WM_DETAIL_COMPACT] = 1, [WM_DETAIL_FULL] = 2};
    const double rows = floor(KEY_SHARE * height / wm_frame_row_height(style));
    return style->detail == WM_DETAIL_SPARK ? 0 : MAX(LEAST[style->detail], (size_t)CLAMP(rows, 0, MOST_KEY_ROWS));
}

WmRect wm_frame_key_at_foot(WmCanvas *canvas, const WmChartStyle *style, WmRect room, const GArray *key)
{
    WmTypeset *typeset = wm_canvas_typeset(canvas);
    const WmKeyEntry *entries = (const WmKeyEntry *)(const void *)key->data;
    const size_t max_rows = key_rows_allowed(style, room.height);
    const size_t n_rows = wm_frame_key(NULL, typeset, style, entries, key->len, room, max_rows);
    room.height -= (double)n_rows * wm_frame_row_height(style);
    wm_frame_key(canvas, typeset, style, entries, key->len, (WmRect){room.x, room.y + room.height, room.width, 0}, max_rows);
    return room;
}
