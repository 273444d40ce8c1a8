// Hashes are stable for ever, for they key the draws; SHA-256 gives the published answers.
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void hashes_keep_their_golden_values(void **unused) {
    (void)unused;
    unsigned char bytes[1000];
    for (int i = 0; i < 1000; i++) bytes[i] = (unsigned char)(i * 7);
    assert_true(hash_text("") == 0xf52a15e9a9b5e89b);
    assert_true(hash_text("ENT-07") == 0x6cbe246c56a05ffa);
    assert_true(hash_text("长安") == 0x85d619c2de8bdb93);
    assert_true(hash_pair(1, 2) == 0x081a5c1377856b73);
    assert_true(hash_pair(2, 1) == 0xf2826f98653e9e57);
    assert_true(hash_block(bytes, 0) == 0xa97ad05ae5b7d668);
    assert_true(hash_block(bytes, 63) == 0xef822a8e02228ff7);
    assert_true(hash_block(bytes, 1000) == 0x2680cffbf6f62b99);
}

static void a_block_hash_sees_every_bit_and_the_length(void **unused) {
    (void)unused;
    unsigned char bytes[200] = {0};
    uint64_t hash = hash_block(bytes, sizeof bytes);
    for (size_t bit = 0; bit < sizeof bytes * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_true(hash_block(bytes, sizeof bytes) != hash);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    for (size_t count = 0; count < sizeof bytes; count++) assert_true(hash_block(bytes, count) != hash);
    // two words changed by the same amount in the same lane, a classic way to cancel
    bytes[0] = 1;
    bytes[64] = 1;
    assert_true(hash_block(bytes, sizeof bytes) != hash);
}

static void sha256_gives_the_published_answers(void **unused) {
    (void)unused;
    static const struct {
        const char *text, *hex;
    } known[] = {   // FIPS 180-4 examples
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char hex[65];
    struct sha256 h;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        sha256_start(&h);
        sha256_add(&h, known[i].text, strlen(known[i].text));
        sha256_hex(&h, hex);
        assert_string_equal(hex, known[i].hex);
    }
    sha256_start(&h);
    for (int i = 0; i < 1000000; i++) sha256_add(&h, "a", 1);
    sha256_hex(&h, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void distance_counts_typing_errors(void **unused) {
    (void)unused;
    assert_int_equal(text_distance("supplier", "supplier"), 0);
    assert_int_equal(text_distance("suplier", "supplier"), 1);
    assert_int_equal(text_distance("supplire", "supplier"), 1);    // two neighbours swapped
    assert_int_equal(text_distance("", "abc"), 3);
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    char long_a[200], long_b[200];
    memset(long_a, 'a', sizeof long_a - 1);
    memset(long_b, 'b', sizeof long_b - 1);
    long_a[199] = long_b[199] = '\0';
    assert_int_equal(text_distance(long_a, long_b), 64);
}

static void utf8_is_told_from_what_only_looks_like_it(void **unused) {
    (void)unused;
    static const char *const good[] = {"", "abc", "重庆 é", "\xF0\x9F\x9A\x97", "\xEF\xBF\xBD", "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {"\x80",             "\xC3",         "\xC0\x80",         "\xC1\xBF",
                                      "\xE0\x80\x80",     "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                                      "\xF0\x80\x80\x80", "\xE4\xB8",     "\xD6\xD8\xC7\xEC", "\xFF\xFE"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) assert_true(text_is_utf8(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    assert_false(text_is_utf8("a\0b", 3));
    assert_int_equal(text_utf8_valid("ab\xC3", 3), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_keep_their_golden_values),
        cmocka_unit_test(a_block_hash_sees_every_bit_and_the_length),
        cmocka_unit_test(sha256_gives_the_published_answers),
        cmocka_unit_test(distance_counts_typing_errors),
        cmocka_unit_test(utf8_is_told_from_what_only_looks_like_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
