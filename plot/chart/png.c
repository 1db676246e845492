/* PNG through libpng: no filter and a low zlib level.
 *
 * Charts are flat colour with sharp edges, on which every PNG filter makes the file larger: a chart of 1920 x 1080 took 197 kB
 * without, 248 kB with "up", 241 kB with "sub", 235 kB with Paeth, all at level 3. Level 6 saves another 13% for twice the time.
 */
#include "plot/chart/canvas_backend.h"

#include <png.h>
#include <setjmp.h>

#define ZLIB_LEVEL   3
#define DOTS_A_METRE (96 / 0.0254) /* at scale 1 */

static void append(png_structp png, png_bytep data, size_t length)
{
    g_byte_array_append(png_get_io_ptr(png), data, (guint)length);
}

static void flush(png_structp png)
{
    (void)png;
}

static void keep_message(png_structp png, const char *message)
{
    g_strlcpy(png_get_error_ptr(png), message, 120);
    longjmp(png_jmpbuf(png), 1);
}

static void ignore_warning(png_structp png, const char *message)
{
    (void)png;
    (void)message;
}

/* One row of 0xXXRRGGBB words as R, G, B bytes. */
static void unpack_row(const unsigned char *row, uint32_t width, unsigned char *rgb)
{
    for (uint32_t x = 0; x < width; x++) {
        uint32_t word;
        memcpy(&word, row + (size_t)4 * x, sizeof word);
        *rgb++ = (unsigned char)(word >> 16);
        *rgb++ = (unsigned char)(word >> 8);
        *rgb++ = (unsigned char)word;
    }
}

/* libpng jumps back here when it fails, so nothing that must be freed is made in this function. */
static bool write_image(png_structp png, png_infop info, const unsigned char *pixels, uint32_t width, uint32_t height,
                        size_t stride, double scale, unsigned char *rgb)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    const png_uint_32 resolution = (png_uint_32)(DOTS_A_METRE * scale + 0.5);
    png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, resolution, resolution, PNG_RESOLUTION_METER);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_compression_level(png, ZLIB_LEVEL);
    png_write_info(png, info);
    for (uint32_t y = 0; y < height; y++) {
        unpack_row(pixels + y * stride, width, rgb);
        png_write_row(png, rgb);
    }
    png_write_end(png, info);
    return true;
}

GBytes *wm_png_encode(const unsigned char *pixels, uint32_t width, uint32_t height, size_t stride, double scale, GError **error)
{
    char message[120] = "out of memory";
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new(width * height / 8 + 1024);
    g_autofree unsigned char *rgb = g_malloc((size_t)3 * width);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool is_written = false;
    if (info) {
        png_set_write_fn(png, bytes, append, flush);
        is_written = write_image(png, info, pixels, width, height, stride, scale, rgb);
    }
    png_destroy_write_struct(&png, &info);
    if (!is_written) {
        wm_error_set(error, WM_ERROR_FILE, NULL, "the PNG of %u x %u pixels could not be made: %s", width, height, message);
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
