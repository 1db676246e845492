/* The compressed data of a PNG: whatever the pixels, libpng reads back every one of them, and flat pictures come out small. */
#include "plot/cmocka_setup.h"

#include <png.h>
#include <string.h>

#include "plot/chart/canvas_backend.h"

/* Pixels of a kind, by chance. */
typedef struct {
    const char *name;
    uint32_t (*pixel)(GRand *random, uint32_t x, uint32_t y);
} PictureCase;

static uint32_t flat(GRand *random, uint32_t x, uint32_t y)
{
    (void)random, (void)x, (void)y;
    return 0xFFFFFF;
}

static uint32_t noise(GRand *random, uint32_t x, uint32_t y)
{
    (void)x, (void)y;
    return g_rand_int(random);
}

static uint32_t bars(GRand *random, uint32_t x, uint32_t y)
{
    (void)random, (void)y;
    return x / 7 % 2 ? 0x12436D : 0xFFC233;
}

static uint32_t stripes(GRand *random, uint32_t x, uint32_t y)
{
    (void)random, (void)x;
    return y % 3 ? 0xFFFFFF : 0x8A1A5B;
}

static uint32_t gradient(GRand *random, uint32_t x, uint32_t y)
{
    (void)random;
    return (x & 0xFF) << 16 | (y & 0xFF) << 8 | ((x + y) & 0xFF);
}

static uint32_t speckled(GRand *random, uint32_t x, uint32_t y)
{
    (void)x, (void)y;
    return g_rand_double(random) < 0.02 ? g_rand_int(random) : 0xFFFFFF;
}

static const PictureCase PICTURES[] = {{"flat", flat},       {"noise", noise},       {"bars", bars},
                                       {"stripes", stripes}, {"gradient", gradient}, {"speckled", speckled}};

/* The last is wider than the format can reach back to the row above. */
static const uint32_t SIZES[][2] = {{1, 1}, {2, 1}, {1, 9}, {3, 3}, {85, 2}, {86, 2}, {87, 5}, {259, 7}, {960, 40}, {12000, 3}};

static void assert_same(GBytes *file, const uint32_t *pixels, uint32_t width, uint32_t height, size_t pitch)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, g_bytes_get_data(file, NULL), g_bytes_get_size(file)));
    assert_int_equal(image.width, width);
    assert_int_equal(image.height, height);
    image.format = PNG_FORMAT_RGB;
    g_autofree unsigned char *rgb = g_malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, rgb, 0, NULL));
    assert_int_equal(image.warning_or_error, 0);
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++) {
            const unsigned char *at = rgb + 3 * ((size_t)y * width + x);
            assert_int_equal((uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2], pixels[y * pitch + x] & 0xFFFFFF);
        }
}

static void every_pixel_comes_back(void **state)
{
    const PictureCase *test = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (size_t i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        const uint32_t width = SIZES[i][0], height = SIZES[i][1];
        const size_t pitch = width + 3; /* rows are longer than the picture is wide */
        g_autofree uint32_t *pixels = g_new0(uint32_t, pitch * height);
        for (uint32_t y = 0; y < height; y++)
            for (uint32_t x = 0; x < width; x++)
                pixels[y * pitch + x] = test->pixel(random, x, y);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) file = wm_png_encode((const unsigned char *)pixels, width, height, 4 * pitch, 1, &error);
        g_assert_no_error(error);
        assert_same(file, pixels, width, height, pitch);
    }
}

static void a_flat_picture_is_small(void **state)
{
    (void)state;
    enum { WIDTH = 960, HEIGHT = 540 };
    g_autofree uint32_t *pixels = g_new(uint32_t, WIDTH * HEIGHT);
    memset(pixels, 0xFF, sizeof *pixels * WIDTH * HEIGHT);
    g_autoptr(GBytes) file = wm_png_encode((const unsigned char *)pixels, WIDTH, HEIGHT, 4 * WIDTH, 1, NULL);
    assert_true(g_bytes_get_size(file) < WIDTH * HEIGHT / 30);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(PICTURES) + 1] = {cmocka_unit_test(a_flat_picture_is_small)};
    for (size_t i = 0; i < G_N_ELEMENTS(PICTURES); i++)
        tests[i + 1] = (struct CMUnitTest){PICTURES[i].name, every_pixel_comes_back, NULL, NULL, (void *)(uintptr_t)&PICTURES[i]};
    return cmocka_run_group_tests_name("pixel stream", tests, NULL, NULL);
}
