// Kept rows: good up to the last whole row wherever the file was cut off, and refused when they are of another study.
#include "read/kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { JOBS = 6, NUMBERS = 3 };

struct seen {
    uint32_t count;
    int64_t numbers[JOBS][NUMBERS];
};

static void row_see(void *self, uint32_t job, const int64_t *numbers) {
    struct seen *seen = self;
    assert_int_equal(job, seen->count);
    memcpy(seen->numbers[seen->count++], numbers, sizeof seen->numbers[0]);
}

static struct kept_head head_of(const char *scenario) {
    struct kept_head head = {.version = "1.2.3", .jobs = JOBS, .numbers = NUMBERS};
    snprintf(head.scenario, sizeof head.scenario, "%s", scenario);
    snprintf(head.options, sizeof head.options, "abc");
    return head;
}

static enum ap_status resume(const char *path, struct kept_head head, struct seen *seen, struct kept *k) {
    *seen = (struct seen){0};
    return kept_open(path, &head, KEPT_RESUME, (struct kept_taker){row_see, seen}, k);
}

static void rows_add(struct kept *k, uint32_t first) {
    for (uint32_t job = first; job < JOBS; job++) {
        int64_t numbers[NUMBERS] = {job, -(int64_t)job * 1000000007, INT64_MIN + job};
        assert_int_equal(kept_add(k, job, numbers), AP_OK);
    }
}

static void path_make(char path[64]) {
    snprintf(path, 64, "/tmp/autopolis-kept-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
}

static long size_of(const char *path) {
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    return size;
}

static void a_file_cut_off_anywhere_is_good_up_to_its_last_whole_row(void **unused) {
    (void)unused;
    char path[64];
    struct kept k;
    struct seen seen;
    path_make(path);
    assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
    long head = size_of(path);
    rows_add(&k, 0);
    kept_close(&k);
    long whole = size_of(path);
    for (long cut = whole; cut >= head; cut -= 7) {
        assert_int_equal(truncate(path, cut), 0);
        assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
        assert_true(cut == whole ? seen.count == JOBS : seen.count < JOBS);
        rows_add(&k, seen.count); // and what was cut off is written again
        kept_close(&k);
        assert_int_equal(size_of(path), whole);
        assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
        assert_int_equal(seen.count, JOBS);
        assert_true(seen.numbers[5][1] == -5000000035 && seen.numbers[5][2] == INT64_MIN + 5);
        kept_close(&k);
    }
    assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
    kept_remove(&k);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_changed_digit_ends_what_is_believed(void **unused) {
    (void)unused;
    char path[64];
    struct kept k;
    struct seen seen;
    path_make(path);
    assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
    long head = size_of(path);
    rows_add(&k, 0);
    kept_close(&k);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fseek(file, head + 2, SEEK_SET); // the first number of the first row
    fputc('7', file);
    fclose(file);
    assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
    assert_int_equal(seen.count, 0);
    kept_remove(&k);
}

static void rows_of_another_study_are_refused(void **unused) {
    (void)unused;
    char path[64];
    struct kept k;
    struct seen seen;
    path_make(path);
    assert_int_equal(resume(path, head_of("s"), &seen, &k), AP_OK);
    rows_add(&k, 0);
    kept_close(&k);
    long whole = size_of(path);
    assert_int_equal(resume(path, head_of("t"), &seen, &k), AP_BAD_INPUT);
    assert_non_null(strstr(k.trouble, "another scenario"));
    struct kept_head head = head_of("s");
    head.version = "1.2.4";
    assert_int_equal(resume(path, head, &seen, &k), AP_BAD_INPUT);
    assert_non_null(strstr(k.trouble, "another version"));
    head = head_of("s");
    head.options[0] = 'x';
    assert_int_equal(resume(path, head, &seen, &k), AP_BAD_INPUT);
    assert_non_null(strstr(k.trouble, "other options"));
    head = head_of("s");
    assert_int_equal(kept_open(path, &head, KEPT_NEW, (struct kept_taker){row_see, &seen}, &k), AP_BAD_INPUT);
    assert_int_equal(size_of(path), whole); // and nothing of it is lost
    assert_int_equal(resume("/nowhere/at/all", head, &seen, &k), AP_REFUSED);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_cut_off_anywhere_is_good_up_to_its_last_whole_row),
        cmocka_unit_test(a_changed_digit_ends_what_is_believed),
        cmocka_unit_test(rows_of_another_study_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
