/* Where labels go: beside what they name, and not beside what would be taken for it. */
#include "plot/cmocka_setup.h"

#include "plot/chart/labels.h"

static const WmTextStyle PLAIN = {12, false, {0x000000, 1}, {0, 0}};
#define RADIUS 4.0

typedef struct {
    WmCanvas *canvas;
    WmLabeller *labeller;
} Page;

static Page page_new(void)
{
    const WmPage page = {.format = WM_FORMAT_SVG, .width_px = 300, .height_px = 200, .scale = 1, .title = "", .description = ""};
    Page self = {.canvas = wm_canvas_new(&page)};
    self.labeller = wm_labeller_new(self.canvas, wm_canvas_bounds(self.canvas));
    return self;
}

static void page_free(Page *self)
{
    wm_labeller_free(self->labeller);
    wm_canvas_free(self->canvas);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_free)

static WmRect mark_at(const Page *page, double x, double y)
{
    const WmRect mark = {x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS};
    wm_labeller_add_rect(page->labeller, mark, WM_INK_NAMED);
    return mark;
}

/* What the label of a mark covers. */
static WmRect label_of(const Page *page, WmPoint anchor, const char *text)
{
    const WmLabel label = {.lines = {{text, PLAIN}},
                           .n_lines = 1,
                           .anchors = &anchor,
                           .n_anchors = 1,
                           .clearance = RADIUS + 4,
                           .sides = WM_SIDES_AROUND,
                           .reach = 60,
                           .leader = {.stroke = {0x000000, 1}, .width_px = 1}};
    assert_true(wm_labeller_place(page->labeller, &label));
    size_t n;
    const WmTextBox *texts = wm_canvas_texts(page->canvas, &n);
    return texts[n - 1].box;
}

static void a_label_alone_stands_above_its_mark(void **state)
{
    (void)state;
    g_auto(Page) page = page_new();
    mark_at(&page, 150, 100);
    const WmRect box = label_of(&page, (WmPoint){150, 100}, "Halton");
    assert_true(box.y + box.height < 100 - RADIUS && box.x < 150 && box.x + box.width > 150);
}

/* Right above its own mark, but level with another's: it would be read as that one's name. */
static void a_label_keeps_from_beside_anothers_mark(void **state)
{
    (void)state;
    g_auto(Page) alone = page_new();
    mark_at(&alone, 150, 100);
    const WmRect free = label_of(&alone, (WmPoint){150, 100}, "Halton");
    for (int way = -1; way <= 1; way += 2) {
        g_auto(Page) page = page_new();
        mark_at(&page, 150, 100);
        const double edge = way < 0 ? free.x : free.x + free.width;
        const WmRect other = mark_at(&page, edge + way * (RADIUS + 4), free.y + free.height / 2);
        assert_false(wm_rect_overlaps(label_of(&page, (WmPoint){150, 100}, "Halton"), wm_rect_grow(other, 6)));
    }
}

static void two_labels_in_a_row_are_read_as_two(void **state)
{
    (void)state;
    g_auto(Page) page = page_new();
    const WmRect first = label_of(&page, (WmPoint){120, 100}, "South west 58.0%"),
                 second = label_of(&page, (WmPoint){150, 100}, "Statistical neighbour");
    assert_false(wm_rect_overlaps(first, (WmRect){second.x - 5.9, second.y, second.width + 11.8, second.height}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_label_alone_stands_above_its_mark),
                                       cmocka_unit_test(a_label_keeps_from_beside_anothers_mark),
                                       cmocka_unit_test(two_labels_in_a_row_are_read_as_two)};
    return cmocka_run_group_tests_name("labels", tests, NULL, NULL);
}
