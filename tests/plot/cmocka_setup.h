/* tests/plot/cmocka_setup.h: cmocka with the headers that it asks for first. */
#ifndef WM_TESTS_CMOCKA_SETUP_H
#define WM_TESTS_CMOCKA_SETUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
