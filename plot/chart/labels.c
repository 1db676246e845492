/* Places labels by the least ink they would cover. */
#include "plot/chart/labels.h"

#include <math.h>

#define CELL_PX          3.0
#define LEADING          1.18 /* of a line of a label, in its text's size */
#define MARGIN_PX        2.0  /* between labels, above and below */
#define MARGIN_ACROSS    6.0  /* and beside: nearer, two would be read as one */
#define LEADER_FROM_PX   9.0  /* a label nearer than this needs no line to its mark */
#define COST_A_PX        0.7  /* of distance */
#define COST_A_RANK      1.5  /* of a less liked side */
#define COST_A_CROSSING  1.5  /* of ink that a leader crosses */
#define COST_THROUGH     12.0 /* the same, where that ink is another's mark: the leader would be read as that one's */
#define NEIGHBOUR_PX     5.0  /* beside a label: nearer, a mark there seems to be what it names */
#define COST_A_NEIGHBOUR 60.0
#define LEAN_PX          7.0 /* how far a leaning label still reaches over its anchor */

struct WmLabeller {
    WmCanvas *canvas;
    WmRect bounds;
    int n_columns, n_rows;
    guint8 *ink;   /* n_rows x n_columns */
    GArray *taken; /* WmRect: no label goes there */
};

typedef struct {
    signed char dx, dy; /* -1 left or above, +1 right or below */
    signed char lean;   /* above or below, but reaching to the left (-1) or the right (+1) of the anchor */
} Side;

static const struct {
    size_t n;
    Side sides[12];
} SIDES[WM_N_SIDES] = {
    /* clang-format off */
    [WM_SIDES_AROUND] = {12, {{0, -1, 0}, {0, 1, 0}, {1, 0, 0}, {-1, 0, 0},
                              {0, -1, 1}, {0, -1, -1}, {0, 1, 1}, {0, 1, -1},
                              {1, -1, 0}, {-1, -1, 0}, {1, 1, 0}, {-1, 1, 0}}},
    /* clang-format on */
    [WM_SIDES_ALONG] = {6, {{0, -1, 0}, {0, 1, 0}, {0, -1, -1}, {0, 1, 1}, {0, -1, 1}, {0, 1, -1}}},
    [WM_SIDES_BESIDE] = {2, {{1, 0, 0}, {-1, 0, 0}}},
    [WM_SIDES_END] = {1, {{1, 0, 0}}},
    [WM_SIDES_INSIDE] = {1, {{0, 0, 0}}},
};

/* How far labels are tried from their anchor, in px beyond the clearance. */
static const double DISTANCES[] = {0, 4, 9, 16, 26, 38, 54, 74, 98};

WmLabeller *wm_labeller_new(WmCanvas *canvas, WmRect bounds)
{
    WmLabeller *self = g_new0(WmLabeller, 1);
    const WmRect page = wm_canvas_bounds(canvas);
    self->canvas = canvas;
    self->bounds = bounds;
    self->n_columns = (int)ceil(page.width / CELL_PX) + 1;
    self->n_rows = (int)ceil(page.height / CELL_PX) + 1;
    self->ink = g_new0(guint8, (size_t)self->n_columns * (size_t)self->n_rows);
    self->taken = g_array_new(FALSE, FALSE, sizeof(WmRect));
    return self;
}

void wm_labeller_free(WmLabeller *self)
{
    if (!self)
        return;
    g_free(self->ink);
    g_array_unref(self->taken);
    g_free(self);
}

/* The cell at a place; places beyond the page belong to its nearest cell. */
static guint8 *cell(const WmLabeller *self, double x, double y)
{
    const int column = CLAMP((int)floor(x / CELL_PX), 0, self->n_columns - 1);
    const int row = CLAMP((int)floor(y / CELL_PX), 0, self->n_rows - 1);
    return &self->ink[(size_t)row * (size_t)self->n_columns + (size_t)column];
}

static void add_ink(guint8 *at, WmInk ink)
{
    *at = (guint8)MAX(*at, (guint8)ink);
}

void wm_labeller_add_line(WmLabeller *self, const WmPoint *points, size_t n_points, WmInk ink)
{
    if (!self)
        return;
    for (size_t i = 0; i + 1 < n_points; i++) {
        const double dx = points[i + 1].x - points[i].x, dy = points[i + 1].y - points[i].y;
        const int n_steps = (int)fmin(ceil(hypot(dx, dy) / CELL_PX), 4000);
        for (int step = 0; step <= n_steps; step++) {
            const double share = n_steps ? (double)step / n_steps : 0;
            add_ink(cell(self, points[i].x + share * dx, points[i].y + share * dy), ink);
        }
    }
}

void wm_labeller_add_rect(WmLabeller *self, WmRect rect, WmInk ink)
{
    if (!self)
        return;
    guint8 *row = cell(self, rect.x, rect.y), *last_row = cell(self, rect.x, rect.y + rect.height);
    const ptrdiff_t n_columns = cell(self, rect.x + rect.width, rect.y) - row + 1;
    for (; row <= last_row; row += self->n_columns)
        for (ptrdiff_t i = 0; i < n_columns; i++)
            add_ink(&row[i], ink);
}

void wm_labeller_reserve(WmLabeller *self, WmRect rect)
{
    g_array_append_val(self->taken, rect);
}

static double ink_under(const WmLabeller *self, WmRect box)
{
    const guint8 *row = cell(self, box.x, box.y), *last_row = cell(self, box.x, box.y + box.height);
    const ptrdiff_t n = cell(self, box.x + box.width, box.y) - row + 1;
    double sum = 0;
    for (; row <= last_row; row += self->n_columns)
        for (ptrdiff_t i = 0; i < n; i++)
            sum += row[i];
    return sum;
}

static bool is_free(const WmLabeller *self, WmRect box)
{
    if (!wm_rect_contains(self->bounds, box))
        return false;
    const WmRect roomy = {box.x - MARGIN_ACROSS, box.y - MARGIN_PX, box.width + 2 * MARGIN_ACROSS, box.height + 2 * MARGIN_PX};
    for (guint i = 0; i < self->taken->len; i++)
        if (wm_rect_overlaps(roomy, g_array_index(self->taken, WmRect, i)))
            return false;
    return true;
}

typedef struct {
    WmRect box;
    WmPoint anchor;
    Side side;
    double distance;
    double cost;
} Candidate;

static double line_height(const WmLabelLine *line)
{
    return line->style.size_px * LEADING;
}

static void measure(const WmLabeller *self, const WmLabel *label, double *width, double *height)
{
    *width = *height = 0;
    for (size_t i = 0; i < label->n_lines; i++) {
        *width = fmax(*width, wm_text_width(wm_canvas_typeset(self->canvas), label->lines[i].text, &label->lines[i].style));
        *height += line_height(&label->lines[i]);
    }
}

/* The label's box on one side of an anchor. Corners stand a little nearer, as a circle around the mark would have them. */
static WmRect box_at(WmPoint anchor, Side side, double away, double width, double height)
{
    const double lean_x = side.lean * (width / 2 - LEAN_PX);
    const double corner = side.dx && side.dy ? 0.75 : 1;
    const double align_x = side.dx > 0 ? 0 : side.dx < 0 ? 1 : 0.5;
    const double align_y = side.dy > 0 ? 0 : side.dy < 0 ? 1 : 0.5;
    return (WmRect){anchor.x + side.dx * away * corner - align_x * width + lean_x,
                    anchor.y + side.dy * away * corner - align_y * height, width, height};
}

/* From the mark's edge to the nearest point of the box; false where the label needs none. */
static bool leader_line(const WmLabel *label, const Candidate *place, WmPoint line[2])
{
    const WmRect box = wm_rect_grow(place->box, 1);
    const WmPoint end = {CLAMP(place->anchor.x, box.x, box.x + box.width), CLAMP(place->anchor.y, box.y, box.y + box.height)};
    const double length = hypot(end.x - place->anchor.x, end.y - place->anchor.y);
    if (place->distance <= LEADER_FROM_PX || label->leader.width_px <= 0 || length <= label->clearance + 2)
        return false;
    const double share = label->clearance / length;
    line[0] = (WmPoint){place->anchor.x + share * (end.x - place->anchor.x), place->anchor.y + share * (end.y - place->anchor.y)};
    line[1] = end;
    return true;
}

/* Ink that a leader crosses: through another mark it would name that one, and through another label it would strike it out. */
static double leader_cost(const WmLabeller *self, const WmLabel *label, const Candidate *place)
{
    WmPoint line[2];
    if (!leader_line(label, place, line))
        return 0;
    const double dx = line[1].x - line[0].x, dy = line[1].y - line[0].y;
    const int n_steps = (int)ceil(hypot(dx, dy) / CELL_PX);
    double cost = 0;
    for (int step = 1; step <= n_steps; step++) {
        const WmPoint at = {line[0].x + dx * step / n_steps, line[0].y + dy * step / n_steps};
        const double ink = *cell(self, at.x, at.y), away = hypot(at.x - place->anchor.x, at.y - place->anchor.y);
        const bool is_others = ink >= WM_INK_MARK && away > label->clearance + 2 * CELL_PX;
        cost += (is_others ? COST_THROUGH : COST_A_CROSSING) * ink;
        for (guint i = 0; i < self->taken->len; i++)
            if (wm_rect_contains(g_array_index(self->taken, WmRect, i), (WmRect){at.x, at.y, 0, 0}))
                return HUGE_VAL;
    }
    return cost;
}

/* What it costs to stand right beside marks that have names of their own: one that is not this label's would be taken for it. */
static double neighbour_cost(const WmLabeller *self, const WmLabel *label, const Candidate *place)
{
    const double edges[] = {place->box.x - NEIGHBOUR_PX, place->box.x + place->box.width + NEIGHBOUR_PX};
    const double own = label->clearance + 2 * CELL_PX;
    for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
        for (double y = place->box.y; y <= place->box.y + place->box.height; y += CELL_PX)
            if (*cell(self, edges[i], y) >= WM_INK_NAMED && hypot(edges[i] - place->anchor.x, y - place->anchor.y) > own)
                return COST_A_NEIGHBOUR;
    return 0;
}

static void consider(const WmLabeller *self, const WmLabel *label, const Candidate *candidate, Candidate *best)
{
    if (candidate->cost >= best->cost || !is_free(self, candidate->box))
        return;
    double cost = candidate->cost + ink_under(self, candidate->box) + neighbour_cost(self, label, candidate);
    if (cost < best->cost)
        cost += leader_cost(self, label, candidate);
    if (cost >= best->cost)
        return;
    *best = *candidate;
    best->cost = cost;
}

/* Names at a line's end keep to its right and slide up or down; the rest go outwards. */
static void consider_distance(const WmLabeller *self, const WmLabel *label, Candidate candidate, double width, double height,
                              Candidate *best)
{
    const double away = label->clearance + (label->sides == WM_SIDES_END ? 0 : candidate.distance);
    candidate.box = box_at(candidate.anchor, candidate.side, away, width, height);
    if (label->sides != WM_SIDES_END || candidate.distance == 0) {
        consider(self, label, &candidate, best);
        return;
    }
    const double middle = candidate.box.y;
    for (int way = -1; way <= 1; way += 2) {
        candidate.box.y = middle + way * candidate.distance;
        consider(self, label, &candidate, best);
    }
}

static Candidate best_place(const WmLabeller *self, const WmLabel *label)
{
    double width, height;
    measure(self, label, &width, &height);
    Candidate best = {.cost = label->patience > 0 ? label->patience : HUGE_VAL};
    for (size_t a = 0; a < label->n_anchors; a++)
        for (size_t s = 0; s < SIDES[label->sides].n; s++)
            for (size_t d = 0; d < G_N_ELEMENTS(DISTANCES) && DISTANCES[d] <= label->reach; d++) {
                const Candidate candidate = {.anchor = label->anchors[a],
                                             .side = SIDES[label->sides].sides[s],
                                             .distance = DISTANCES[d],
                                             .cost = COST_A_PX * DISTANCES[d] + COST_A_RANK * (double)s + (double)a};
                consider_distance(self, label, candidate, width, height, &best);
            }
    return best;
}

static void draw_leader(WmLabeller *self, const WmLabel *label, const Candidate *place)
{
    WmPoint line[2];
    if (!leader_line(label, place, line))
        return;
    wm_canvas_line(self->canvas, line, 2, &label->leader);
    wm_labeller_add_line(self, line, 2, WM_INK_LINE);
}

static void draw_lines(WmLabeller *self, const WmLabel *label, const Candidate *place)
{
    const int way = place->side.dx + place->side.lean;
    const WmAnchor anchor = way > 0 ? WM_ANCHOR_START : way < 0 ? WM_ANCHOR_END : WM_ANCHOR_MIDDLE;
    const double x = place->box.x + (anchor == WM_ANCHOR_START ? 0 : anchor == WM_ANCHOR_END ? 1 : 0.5) * place->box.width;
    double y = place->box.y;
    for (size_t i = 0; i < label->n_lines; i++) {
        const WmLabelLine *line = &label->lines[i];
        const double slack = line_height(line) - (WM_TEXT_ABOVE + WM_TEXT_BELOW) * line->style.size_px;
        wm_canvas_text(self->canvas, (WmPoint){x, y + slack / 2 + WM_TEXT_ABOVE * line->style.size_px}, anchor, line->text,
                       &line->style);
        y += line_height(line);
    }
}

bool wm_labeller_place(WmLabeller *self, const WmLabel *label)
{
    const Candidate place = best_place(self, label);
    if (place.box.width <= 0)
        return false;
    draw_leader(self, label, &place);
    draw_lines(self, label, &place);
    wm_labeller_reserve(self, place.box);
    return true;
}

/* Labels that touch move as one block; a block stands where its labels' distances cancel out. Source of the method: pooling
 * adjacent violators, Barlow et al. (1972), Statistical Inference under Order Restrictions, section 1.2; bounds cut the solution
 * off, no more. */
void wm_labels_spread(double *middles, const double *heights, size_t n, double top, double bottom)
{
    g_autofree double *sums = g_new(double, n + 1);
    g_autofree size_t *starts = g_new(size_t, n + 1);
    g_autofree double *offsets = g_new(double, n + 1);
    size_t n_blocks = 0;
    for (size_t i = 0; i < n; i++) {
        offsets[i] = i ? offsets[i - 1] + (heights[i - 1] + heights[i]) / 2 : 0;
        starts[n_blocks] = i;
        sums[n_blocks++] = middles[i] - offsets[i];
        while (n_blocks > 1) {
            const size_t last = n_blocks - 1;
            const double n_last = (double)(i + 1 - starts[last]), n_before = (double)(starts[last] - starts[last - 1]);
            if (sums[last - 1] / n_before <= sums[last] / n_last)
                break;
            sums[last - 1] += sums[last];
            n_blocks--;
        }
    }
    for (size_t block = 0; block < n_blocks; block++) {
        const size_t end = block + 1 < n_blocks ? starts[block + 1] : n;
        const double lowest = bottom - heights[n - 1] / 2 - offsets[n - 1];
        const double at = fmax(top + heights[0] / 2, fmin(sums[block] / (double)(end - starts[block]), lowest));
        for (size_t i = starts[block]; i < end; i++)
            middles[i] = at + offsets[i];
    }
}
