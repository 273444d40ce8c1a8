// Random damage to the small region: the reader complains or reads, and never crashes. Run with the sanitizers on.
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

enum { MUTATIONS = 2000, BYTES_MOST = 32 * 1024 };

struct dice {
    uint32_t next;
};

static uint32_t roll(struct dice *d, uint32_t below) {
    struct philox p = draw_block((struct luck){20230822}, d->next++, 1, 0, 0);
    return p.word[0] % below;
}

static const char *const splinters[] = {
    "\"", ",", "\n", "\r", "\r\n", "\xEF\xBB\xBF", "\xD6\xD8", "\xFF", "-", "1e308", "nan", "99999999999999999999",
    "\"\"", "\t", " ", ";", "重", "action", "parent", "..", ".", "=", "\x7F", "0", "2023-02-30", "%s%n", "set", "no",
};
enum { SPLINTERS = sizeof splinters / sizeof splinters[0] };

// Deletes, doubles, overwrites or inserts a piece. Returns the new number of bytes.
static size_t mutate(struct dice *d, char *bytes, size_t count) {
    size_t at = roll(d, (uint32_t)count + 1), piece = 1 + roll(d, 40);
    if (at + piece > count) piece = count - at;
    switch (roll(d, 5)) {
    case 0:
        memmove(bytes + at, bytes + at + piece, count - at - piece);
        return count - piece;
    case 1:
        if (count + piece > BYTES_MOST) return count;
        memmove(bytes + at + piece, bytes + at, count - at);
        return count + piece;
    case 2:
        if (at < count) bytes[at] = (char)roll(d, 256);
        return count;
    case 3:
        return at;                                     // cut off
    default: {
        const char *splinter = splinters[roll(d, SPLINTERS)];
        size_t length = strlen(splinter);
        if (count + length > BYTES_MOST) return count;
        memmove(bytes + at + length, bytes + at, count - at);
        memcpy(bytes + at, splinter, length);
        return count + length;
    }
    }
}

static void damage(struct dice *d, const struct folder_read *f) {
    static char bytes[BYTES_MOST];
    uint32_t file = roll(d, small_region_count);
    size_t count = strlen(small_region[file].text);
    memcpy(bytes, small_region[file].text, count);
    for (uint32_t i = roll(d, 4) + 1; i > 0; i--) count = mutate(d, bytes, count);
    bytes_put(f, small_region[file].name, bytes, count);
}

static void the_reader_survives_two_thousand_mutations(void **unused) {
    (void)unused;
    struct dice d = {0};
    struct folder_read f;
    uint32_t refused = 0;
    folder_make(&f);
    for (int i = 0; i < MUTATIONS; i++) {
        if (i % 50 == 0) small_put(&f);                // damage adds up for a while, then it is all new
        damage(&d, &f);
        folder_open(&f, NULL);
        assert_true(f.status == AP_OK || f.status == AP_BAD_INPUT || f.status == AP_REFUSED);
        assert_true((f.status == AP_OK) == (f.complaints.count == 0));
        refused += f.status != AP_OK;
        struct words w = {0};
        complaints_write(&w, &f.complaints);
        complaints_write_json(&w, &f.complaints);
        assert_true(text_is_utf8(words_text(&w), w.count));
        words_free(&w);
        tables_free(&f.tables);
        arena_free(&f.arena);
        f.complaints = (struct complaints){.arena = &f.arena};
    }
    assert_true(refused > MUTATIONS / 2);
    folder_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_survives_two_thousand_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
