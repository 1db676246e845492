/* PNG: libpng frames it, pixel_stream.c compresses it.
 *
 * Charts are flat colour with sharp edges, on which every PNG filter makes the file larger, and zlib at its lowest level took
 * longer than the drawing: of 960 x 540, 6.4 ms.
 */
#include "plot/chart/canvas_backend.h"

#include <png.h>
#include <setjmp.h>

#include "plot/chart/pixel_stream.h"

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

/* libpng jumps back here when it fails, so nothing that must be freed is made in this function. */
static bool write_image(png_structp png, png_infop info, uint32_t width, uint32_t height, double scale, const GByteArray *data)
{
    static const png_byte IDAT[] = "IDAT", IEND[] = "IEND";
    if (setjmp(png_jmpbuf(png)))
        return false;
    const png_uint_32 resolution = (png_uint_32)(DOTS_A_METRE * scale + 0.5);
    png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, resolution, resolution, PNG_RESOLUTION_METER);
    png_write_info(png, info);
    png_write_chunk(png, IDAT, data->data, data->len);
    png_write_chunk(png, IEND, NULL, 0);
    return true;
}

GBytes *wm_png_encode(const unsigned char *pixels, uint32_t width, uint32_t height, size_t stride, double scale, GError **error)
{
    char message[120] = "out of memory";
    g_autoptr(GByteArray) data = wm_pixel_stream(pixels, width, height, stride);
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new(data->len + 1024);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool is_written = false;
    if (info) {
        png_set_write_fn(png, bytes, append, flush);
        is_written = write_image(png, info, width, height, scale, data);
    }
    png_destroy_write_struct(&png, &info);
    if (!is_written) {
        wm_error_set(error, WM_ERROR_FILE, NULL, "the PNG of %u x %u pixels could not be made: %s", width, height, message);
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
