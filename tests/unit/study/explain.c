// M-15: an explanation is what two runs show. On random worlds it settles when a what-if merges and adds up to the same
// losses; on the small region the chain behind a loss is the one that its tables allow.
#include "study/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "laws/load.h"
#include "write/explain_text.h"

enum { WORLDS = 24 };

static struct luck luck_first(const struct loaded *l) {
    return luck_of((uint64_t)l->tables.settings.seed, 0);
}

static int64_t vehicles_of(const struct model *m, const struct tally *t) {
    int64_t sum = 0;
    for (uint32_t i = 1; i < m->n.line; i++) sum += t->line_made[i];
    return sum;
}

static int64_t sold_of(const struct model *m, const struct tally *t) {
    int64_t sum = 0;
    for (uint32_t i = 1; i < m->n.offer; i++) sum += t->offer_sold[i];
    return sum;
}

// A row's cause fell short no later than the row, and every chain ends.
static void causes_come_first(const struct explanation *e) {
    for (uint32_t i = 0; i < e->event_count; i++) {
        const struct explain_event *event = &e->events[i];
        assert_true(event->day >= e->span.first && event->last >= event->day);
        if (i > 0) assert_true(event->day >= event[-1].day);
        uint32_t row = event->cause.row;
        if (event->kind == EXPLAIN_owes && event->cause.kind == PATH_STOCK)
            assert_in_range(e->stocks[row].less.first, e->span.first, event->day);
        if (event->kind == EXPLAIN_short && event->cause.kind == PATH_LINK)
            assert_in_range(e->links[row].owing.first, e->span.first, event->day);
        if ((event->kind == EXPLAIN_line_slow || event->kind == EXPLAIN_makes_less) && event->cause.kind == PATH_STOCK)
            assert_in_range(e->stocks[row].held.first, e->span.first, event->day);
    }
}

// Against the fork: two programs that share nothing but the tick.
static void world_agrees(uint32_t number, int *merged) {
    char folder[64];
    struct loaded calm, shocked;
    struct baseline b = {0};
    struct whatif w = {0};
    struct explanation e, again;
    assert_true(world_folder(number, ORDER_WRITTEN, folder) && loaded_read(folder, NULL, &calm) &&
                loaded_read_shocked(folder, "WHATIF", &shocked));
    struct luck l = luck_first(&calm);
    struct explain_options alone = {0}, with_baseline = {.baseline = &b};
    assert_int_equal(baseline_run(&calm.model, l, 0, &b), AP_OK);
    assert_int_equal(whatif_run(&b, &shocked.model, NULL, &w), AP_OK);
    assert_int_equal(explain_run(&calm.model, &shocked.model, l, &alone, &e), AP_OK);
    assert_int_equal(explain_run(&calm.model, &shocked.model, l, &with_baseline, &again), AP_OK);
    // a fork of a shocked market waits for its buyers by count of days, an explanation looks whether anything differs
    if (shocked.model.shocks[0].scope == SCOPE_MARKET && e.settled >= 0) assert_in_range(e.settled, 0, w.merged_day);
    else assert_int_equal(e.settled, w.merged_day);
    *merged += w.merged_day >= 0;
    if (e.days) {
        const struct path_totals *end = &e.totals[e.days - 1];
        assert_int_equal(end->made, vehicles_of(&calm.model, &b.tally) - vehicles_of(&calm.model, &w.tally));
        assert_int_equal(end->sold, sold_of(&calm.model, &b.tally) - sold_of(&calm.model, &w.tally));
        assert_memory_equal(e.totals, again.totals, (size_t)e.days * sizeof *e.totals);
    }
    assert_int_equal(e.event_count, again.event_count);
    assert_memory_equal(e.events, again.events, e.event_count * sizeof *e.events);
    causes_come_first(&e);
    explain_free(&e);
    explain_free(&again);
    whatif_free(&w);
    baseline_free(&b);
    loaded_free(&calm);
    loaded_free(&shocked);
    world_remove(folder);
}

static void an_explanation_settles_and_loses_as_the_fork_does(void **unused) {
    (void)unused;
    int merged = 0;
    for (uint32_t i = 0; i < WORLDS; i++) world_agrees(i, &merged);
    assert_in_range(merged, WORLDS / 2, WORLDS);
}

static void a_shock_of_size_nothing_is_no_story(void **unused) {
    (void)unused;
    for (uint32_t i = 0; i < 4; i++) {
        char folder[64];
        struct loaded calm, shocked;
        struct explanation e;
        struct explain_options o = {0};
        assert_true(world_folder(i, ORDER_WRITTEN, folder) && loaded_read(folder, NULL, &calm) &&
                    loaded_read(folder, "NOTHING", &shocked));
        assert_int_equal(explain_run(&calm.model, &shocked.model, luck_first(&calm), &o, &e), AP_OK);
        assert_int_equal(e.settled, e.span.last);
        for (uint32_t k = 0; k < e.event_count; k++)
            assert_true(e.events[k].kind == EXPLAIN_shock || e.events[k].kind == EXPLAIN_settled);
        explain_free(&e);
        loaded_free(&calm);
        loaded_free(&shocked);
        world_remove(folder);
    }
}

static void says(const struct explanation *e, enum language language, const char *wanted) {
    struct explain_cause cause;
    struct words words = {0};
    explain_cause(e, &cause);
    explain_cause_say(e->m, &cause, language, &words);
    assert_int_equal(words_status(&words), AP_OK);
    if (!strstr(words_text(&words), wanted)) printf("# %s\n", words_text(&words));
    assert_non_null(strstr(words_text(&words), wanted));
    words_free(&words);
}

// The fire halts the chips; nobody but the controller maker buys them, and every control unit in the region is its.
static void the_small_regions_fire_reaches_the_lines_through_the_control_units(void **unused) {
    (void)unused;
    struct loaded calm, shocked;
    struct explanation e;
    struct explain_options o = {0};
    struct explain_cause cause;
    assert_true(loaded_read("scenarios/small", NULL, &calm) &&
                loaded_read("scenarios/small", "chip-shortage", &shocked));
    assert_int_equal(explain_run(&calm.model, &shocked.model, luck_first(&calm), &o, &e), AP_OK);
    explain_cause(&e, &cause);
    const enum path_kind kinds[] = {PATH_LINE, PATH_STOCK, PATH_LINK, PATH_STOCK, PATH_STOCK, PATH_LINK, PATH_STOCK,
                                    PATH_SHOCK};
    assert_int_equal(cause.steps, sizeof kinds / sizeof *kinds);
    for (uint32_t i = 0; i < cause.steps; i++) assert_int_equal(cause.chain[i].kind, kinds[i]);
    assert_in_range(cause.first_day, 42, 200);      // chips last 42 days, and then the control units
    says(&e, LANGUAGE_EN,
         "fire at the chip maker > chip maker > microcontroller > controller maker > control unit > line NORTH-1");
    says(&e, LANGUAGE_ZH, "芯片厂 > 芯片 > 控制器厂 > 控制器 > 生产线");
    explain_free(&e);
    loaded_free(&calm);
    loaded_free(&shocked);
}

static bool after_days(void *self, int64_t days) {
    int64_t *left = self;
    *left -= days;
    return *left > 0;
}

static void an_explanation_stops_when_asked(void **unused) {
    (void)unused;
    struct loaded calm, shocked;
    struct explanation e;
    for (int64_t days = 100; days <= 300; days += 200) {   // before the shock begins, and after
        int64_t left = days;
        struct explain_options o = {.step = after_days, .self = &left};
        assert_true(loaded_read("scenarios/small", NULL, &calm) &&
                    loaded_read("scenarios/small", "chip-shortage", &shocked));
        assert_int_equal(explain_run(&calm.model, &shocked.model, luck_first(&calm), &o, &e), AP_INTERRUPTED);
        assert_true(left <= 0);
        explain_free(&e);
        loaded_free(&calm);
        loaded_free(&shocked);
    }
}

// Every kind of event has words in both languages, and the CSV a line for each.
static void every_event_can_be_told(void **unused) {
    (void)unused;
    struct loaded calm, shocked;
    struct explanation e;
    struct explain_options o = {0};
    struct words csv = {0};
    assert_true(loaded_read("scenarios/small", NULL, &calm) && loaded_read("scenarios/small", "low-water", &shocked));
    assert_int_equal(explain_run(&calm.model, &shocked.model, luck_first(&calm), &o, &e), AP_OK);
    assert_true(e.settled > e.span.last && e.most.made == 0 && e.most.export_left > 0);
    for (uint32_t i = 0; i < e.event_count; i++)
        for (int language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
            struct words words = {0};
            explain_event_say(&e, &e.events[i], (enum language)language, &words);
            assert_true(words.count > 10 && text_is_utf8(words_text(&words), words.count));
            words_free(&words);
        }
    assert_int_equal(explain_to_csv(&e, &csv), AP_OK);
    uint32_t lines = 0;
    for (const char *at = words_text(&csv); *at; at++) lines += *at == '\n';
    assert_int_equal(lines, e.event_count + 1);
    words_free(&csv);
    explain_free(&e);
    loaded_free(&calm);
    loaded_free(&shocked);
}

// A study makes shocks of its own: behind the model's, without a row in a table.
static void a_shock_that_stands_in_no_table_is_an_outage(void **unused) {
    (void)unused;
    struct loaded calm;
    struct explanation e;
    struct explain_options o = {0};
    struct words text = {0};
    assert_true(loaded_read("scenarios/small", NULL, &calm));
    struct model shocked = calm.model;
    struct shock shocks[8];
    struct target target = {TARGET_MAKER, 1};
    assert_in_range(shocked.shock_count, 1, 7);
    memcpy(shocks, shocked.shocks, shocked.shock_count * sizeof *shocks);
    uint32_t targets = 0;
    for (uint32_t i = 0; i < shocked.shock_count; i++)
        targets = (uint32_t)larger_of(targets, shocks[i].first_target + shocks[i].targets);
    struct target *all = calloc(targets + 1, sizeof *all);
    assert_non_null(all);
    memcpy(all, shocked.targets, targets * sizeof *all);
    all[targets] = target;
    shocks[shocked.shock_count++] = (struct shock){.active = true, .from = 100, .until = 120, .scope = SCOPE_ENTERPRISE,
                                                   .basis = BASIS_CAPACITY, .first_target = targets, .targets = 1};
    shocked.shocks = shocks;
    shocked.targets = all;
    assert_int_equal(explain_run(&calm.model, &shocked, luck_first(&calm), &o, &e), AP_OK);
    assert_int_equal(e.span.first, 100);
    assert_int_equal(explain_to_text(&e, LANGUAGE_EN, &text), AP_OK);
    assert_non_null(strstr(words_text(&text), "The path of outage through Riverbend"));
    words_free(&text);
    assert_int_equal(explain_to_json(&e, &text), AP_OK);
    assert_non_null(strstr(words_text(&text), "\"row\": \"outage\""));
    words_free(&text);
    explain_free(&e);
    free(all);
    loaded_free(&calm);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_explanation_settles_and_loses_as_the_fork_does),
        cmocka_unit_test(a_shock_of_size_nothing_is_no_story),
        cmocka_unit_test(the_small_regions_fire_reaches_the_lines_through_the_control_units),
        cmocka_unit_test(an_explanation_stops_when_asked),
        cmocka_unit_test(every_event_can_be_told),
        cmocka_unit_test(a_shock_that_stands_in_no_table_is_an_outage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
