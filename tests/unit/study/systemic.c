// The systemic risk index: its bounds, its memory, circles of trade, and flows made from bills.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws/load.h"
#include "study/systemic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct systemic *systemic_of(const struct model *m) {
    struct systemic *s;
    assert_int_equal(systemic_make(m, &s), AP_OK);
    return s;
}

static bool near(double found, double expected) {
    return found - expected < 1e-11 && expected - found < 1e-11;
}

static void file_put(const char *folder, const char *name, const char *text) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

// Enterprises A, B, C ... of sectors as given, and flows between them.
static void trade_load(const char *sectors, const char *flows, struct loaded *l) {
    char folder[64] = "/tmp/autopolis-systemic-XXXXXX", text[2000] = "enterprise,district,kind,family\n";
    assert_non_null(mkdtemp(folder));
    size_t at = strlen(text);
    for (size_t i = 0; sectors[i]; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%c,Here,supplier,%c\n", (int)('A' + i), sectors[i]);
    file_put(folder, "enterprises.csv", text);
    file_put(folder, "districts.csv", "district\nHere\n");
    file_put(folder, "products.csv", "product\nNOTHING\n");
    snprintf(text, sizeof text, "supplier,buyer,kind,yuan\n%s", flows);
    file_put(folder, "flows.csv", text);
    assert_true(loaded_read(folder, NULL, l));
    world_remove(folder);
}

static void all_of_them_fail_is_one_and_nobody_is_nothing(void **unused) {
    (void)unused;
    struct loaded l;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    struct systemic *s = systemic_of(&l.model);
    uint32_t *all = calloc(l.model.n.enterprise, sizeof *all), count = 0, flows;
    assert_non_null(all);
    for (uint32_t e = 1; e < l.model.n.enterprise; e++) all[count++] = e;
    assert_non_null(systemic_flows(s, &flows));
    assert_true(flows > 0);
    assert_true(near(systemic_risk(s, all, count), 1));
    assert_true(systemic_risk(s, all, 0) == 0);
    free(all);
    systemic_free(s);
    loaded_free(&l);
}

// Asked again after others, and with a name twice: the same to the last bit. Together never less than alone.
static void nothing_is_remembered(void **unused) {
    (void)unused;
    struct loaded l;
    assert_true(loaded_read("scenarios/small", NULL, &l));
    struct systemic *s = systemic_of(&l.model);
    for (uint32_t e = 1; e < l.model.n.enterprise; e++) {
        uint32_t pair[] = { e, e % (l.model.n.enterprise - 1) + 1 }, twice[] = { e, e };
        double alone = systemic_risk(s, &e, 1), both = systemic_risk(s, pair, 2), again = systemic_risk(s, twice, 2);
        assert_true(alone == again && alone >= 0 && alone <= 1 + 1e-12);
        assert_true(both >= alone - 1e-12);
    }
    systemic_free(s);
    loaded_free(&l);
}

// A sells to B, B to C, C to A, all essential and irreplaceable: one stops all. By way of non-essential inputs half of
// every loss is handed on, round and round.
static void a_circle_of_trade_comes_to_rest(void **unused) {
    (void)unused;
    struct loaded l;
    trade_load("123", "A,B,essential,1\nB,C,essential,1\nC,A,essential,1\n", &l);
    struct systemic *s = systemic_of(&l.model);
    for (uint32_t e = 1; e < 4; e++) assert_true(near(systemic_risk(s, &e, 1), 1));
    systemic_free(s);
    loaded_free(&l);

    // D feeds a circle of B and C; each of the two lives by half from the other. Loss of B: (1 + loss of C) / 2, loss
    // of C: half of that of B. So 2/3 and 1/3; upstream D has no suppliers.
    trade_load("1234", "D,B,non_essential,1\nC,B,non_essential,1\nB,C,non_essential,1\nA,C,non_essential,1\n", &l);
    s = systemic_of(&l.model);
    uint32_t failed = 4;
    assert_true(near(systemic_risk(s, &failed, 1), (1 + 2.0 / 3 + 1.0 / 3) / 4));
    systemic_free(s);
    loaded_free(&l);
}

// A and B sell all but a millionth to each other, round and round; the rest goes to C. When C stops, so do they in the
// end: ten million sweeps would show it.
static void a_tight_circle_loses_all_in_the_end(void **unused) {
    (void)unused;
    struct loaded l;
    trade_load("123", "A,B,irrelevant,1000000\nB,A,irrelevant,1000000\nA,C,irrelevant,1\n", &l);
    struct systemic *s = systemic_of(&l.model);
    uint32_t failed = 3, first = 1;
    assert_true(near(systemic_risk(s, &failed, 1), 1));
    assert_true(near(systemic_risk(s, &first, 1), 1));
    assert_true(near(systemic_risk(s, &failed, 1), 1));
    systemic_free(s);
    loaded_free(&l);
}

static void nobody_sells_anything(void **unused) {
    (void)unused;
    struct loaded l;
    trade_load("12", "A,B,essential,0\nA,A,essential,5\n", &l);
    struct systemic *s = systemic_of(&l.model);
    uint32_t one = 1;
    assert_true(systemic_risk(s, &one, 1) == 0);
    systemic_free(s);
    loaded_free(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_them_fail_is_one_and_nobody_is_nothing),
        cmocka_unit_test(nothing_is_remembered),
        cmocka_unit_test(a_circle_of_trade_comes_to_rest),
        cmocka_unit_test(a_tight_circle_loses_all_in_the_end),
        cmocka_unit_test(nobody_sells_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
