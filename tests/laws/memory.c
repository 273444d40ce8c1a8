// After the run is made, a day allocates nothing: this program counts every allocation, those inside libc included.
#include <stdint.h>
#include <stdlib.h>

#include "laws/load.h"
#include "tick/tick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

// glibc's own functions behind the public names.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static long allocations;   // of this test's one thread

void *malloc(size_t size) {
    allocations++;
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
    allocations++;
    return __libc_calloc(count, size);
}
void *realloc(void *old, size_t size) {
    allocations++;
    return __libc_realloc(old, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
    allocations++;
    return __libc_memalign(alignment, size);
}

static void a_day_allocates_nothing(void **unused) {
    (void)unused;
    for (uint32_t world = 0; world < 10; world++) {
        char folder[64];
        struct loaded l;
        struct run r;
        assert_true(world_folder(world, ORDER_WRITTEN, folder) && loaded_read_shocked(folder, "WHATIF", &l));
        world_remove(folder);
        assert_int_equal(run_make(&l.model, luck_of(1, 0), &r), AP_OK);
        long before = allocations;
        for (int32_t day = 0; day < 150; day++)
            if (run_day(&r, day) != AP_OK) fail();
        assert_int_equal(allocations - before, 0);
        run_free(&r);
        loaded_free(&l);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_day_allocates_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
