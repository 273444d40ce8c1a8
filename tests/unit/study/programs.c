// What the linear programs must do whatever the numbers: nothing for nothing, never less for more, the same bytes in
// any order; and what they answer where there is nothing to answer.
#include <stdlib.h>
#include <string.h>

#include "laws/load.h"
#include "study/programs.h"
#include "study/systemic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct programs_options AS_READ = { .weight = LOST_MARGIN, .first_day = 0, .last_day = -1 };

static struct programs *programs_of(const struct model *m) {
    struct programs *p;
    assert_int_equal(programs_make(m, &AS_READ, &p), AP_OK);
    return p;
}

static double lost(struct programs *p, const uint32_t *rows, uint32_t count, double days) {
    struct outage outage = { rows, count };
    struct outage_loss loss;
    assert_int_equal(programs_ttr(p, &outage, days, &loss), AP_OK);
    return loss.margin_yuan;
}

static double survived(struct programs *p, const uint32_t *rows, uint32_t count) {
    struct outage outage = { rows, count };
    double days;
    assert_int_equal(programs_tts(p, &outage, &days), AP_OK);
    return days;
}

static void loaded_open(const char *folder, struct loaded *l) {
    assert_true(loaded_read(folder, NULL, l));
}

static void no_days_or_nobody_lose_nothing(void **unused) {
    (void)unused;
    struct loaded l;
    loaded_open("scenarios/small", &l);
    struct programs *p = programs_of(&l.model);
    for (uint32_t e = 1; e < l.model.n.enterprise; e++) assert_true(lost(p, &e, 1, 0) == 0);
    assert_true(lost(p, NULL, 0, 30) == 0);
    assert_true(survived(p, NULL, 0) == SURVIVES_FOR_EVER);
    assert_true(programs_planned_a_day(p) > 0);
    programs_free(p);
    loaded_free(&l);
}

// Longer, and together, is never less; and an outage is survived as long as it loses nothing, not longer.
static void longer_and_together_lose_no_less(void **unused) {
    (void)unused;
    struct loaded l;
    loaded_open("scenarios/small", &l);
    struct programs *p = programs_of(&l.model);
    uint32_t felt = 0;
    for (uint32_t e = 1; e < l.model.n.enterprise; e++) {
        uint32_t both[] = { e, e % (l.model.n.enterprise - 1) + 1, e };
        double week = lost(p, &e, 1, 7), month = lost(p, &e, 1, 30), pair = lost(p, both, 3, 30);
        double longest = survived(p, &e, 1), slack = 1e-9 * programs_planned_a_day(p);
        assert_true(week <= month + slack && month <= pair + slack);
        if (longest == SURVIVES_FOR_EVER) continue;
        felt++;
        assert_true(lost(p, &e, 1, longest) <= slack * (longest + 1));
        assert_true(lost(p, &e, 1, longest * 1.01 + 0.01) > slack);
    }
    assert_true(felt > 0);
    programs_free(p);
    loaded_free(&l);
}

static void the_order_of_questions_changes_no_byte(void **unused) {
    (void)unused;
    struct loaded l;
    loaded_open("scenarios/cases/D2", &l);
    struct programs *p = programs_of(&l.model), *q = programs_of(&l.model);
    uint32_t count = l.model.n.enterprise;
    double *found = calloc(count, 2 * sizeof *found);
    assert_non_null(found);
    for (uint32_t e = 1; e < count; e++) {
        found[2 * e] = lost(p, &e, 1, 6);
        found[2 * e + 1] = survived(p, &e, 1);
    }
    for (uint32_t e = count - 1; e > 0; e--) {
        double days = survived(q, &e, 1), yuan = lost(q, &e, 1, 6);
        assert_memory_equal(&found[2 * e + 1], &days, sizeof days);
        assert_memory_equal(&found[2 * e], &yuan, sizeof yuan);
    }
    free(found);
    programs_free(p);
    programs_free(q);
    loaded_free(&l);
}

// Without any stock even what is survived by stock alone is lost at once.
static void stocks_may_come_from_a_state(void **unused) {
    (void)unused;
    struct loaded l;
    loaded_open("scenarios/cases/D2", &l);
    int32_t *nothing = calloc(l.model.n.stock, sizeof *nothing);
    struct programs_options empty = AS_READ;
    struct programs *p;
    assert_non_null(nothing);
    empty.stock_units = nothing;
    assert_int_equal(programs_make(&l.model, &empty, &p), AP_OK);
    for (uint32_t e = 1; e < l.model.n.enterprise; e++) {
        double days = survived(p, &e, 1);
        assert_true(days == 0 || days == SURVIVES_FOR_EVER);
    }
    programs_free(p);
    free(nothing);
    loaded_free(&l);
}

// A chain that cannot serve its demand loses without any outage: the program is what it says, no more.
static void too_little_capacity_loses_without_an_outage(void **unused) {
    (void)unused;
    struct loaded l;
    loaded_open("scenarios/cases/D1", &l);
    for (uint32_t i = 1; i < l.model.n.demand; i++) l.model.demands[i].mean *= 2;
    struct programs *p = programs_of(&l.model);
    // 250 wanted of 135 a period: 45 in stock last for 45 / 115 of one. Then 115 of the cheaper, 5000 yuan each, lack.
    double days = survived(p, NULL, 0);
    assert_true(days > 45 / 115.0 - 1e-10 && days < 45 / 115.0 + 1e-10);
    double yuan = lost(p, NULL, 0, 2);
    assert_true(yuan > 925000 - 1e-4 && yuan < 925000 + 1e-4);
    programs_free(p);
    loaded_free(&l);
}

static void no_demand_is_an_answer(void **unused) {
    (void)unused;
    struct loaded l;
    loaded_open("scenarios/cases/D4", &l);
    struct programs *p;
    assert_int_equal(programs_make(&l.model, &AS_READ, &p), AP_BAD_USE);
    programs_free(p);
    loaded_free(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_days_or_nobody_lose_nothing),
        cmocka_unit_test(longer_and_together_lose_no_less),
        cmocka_unit_test(the_order_of_questions_changes_no_byte),
        cmocka_unit_test(stocks_may_come_from_a_state),
        cmocka_unit_test(too_little_capacity_loses_without_an_outage),
        cmocka_unit_test(no_demand_is_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
