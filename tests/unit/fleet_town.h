// A town at work for a test: a folder of charging tables, read, compiled and opened as fleet_run opens it, so that a
// test can send requests of its own to its stations.
#ifndef TESTS_FLEET_TOWN_H
#define TESTS_FLEET_TOWN_H

#include "fleet/spring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

struct town_test {
    struct folder_read f;
    struct model m;
    struct fleet_record out;
    struct town t;
};

// A table without its source and confidence, which each line gets.
static inline void rows_put(const struct town_test *x, const char *name, const char *text) {
    struct words w = {0};
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        words_add_bytes(&w, line, length);
        words_add_text(&w, line == text ? ",source,confidence\n" : ",test,assumed\n");
        line += length + (line[length] == '\n');
    }
    file_put(&x->f, name, words_text(&w));
    words_free(&w);
}

// One district, ten days of 2023 without a warm-up.
static inline void town_begin(struct town_test *x) {
    memset(x, 0, sizeof *x);
    folder_make(&x->f);
    rows_put(x, "districts.csv", "district,in_region\nHere,yes\n");
    rows_put(x, "enterprises.csv", "enterprise,district,kind\nNOBODY,Here,supplier\n");
    rows_put(x, "products.csv", "product,value\nNOTHING,1\n");
    rows_put(x, "settings.csv", "setting,value\nfrom,2023-01-02\nuntil,2023-01-11\nwarm_up_days,0\n");
}

static inline void town_read(struct town_test *x) {
    folder_open(&x->f, &(struct read_options){0});
    if (x->f.status != AP_OK) complaints_show(&x->f);
    assert_int_equal(x->f.status, AP_OK);
    enum ap_status status = model_build(&x->f.tables, 7, 0, &x->f.complaints, &x->m);
    if (status != AP_OK) complaints_show(&x->f);
    assert_int_equal(status, AP_OK);
}

static inline void town_open(struct town_test *x) {
    town_read(x);
    const struct model *m = &x->m;
    x->out = (struct fleet_record){ .m = m };
    x->t = (struct town){ .m = m, .c = &m->charging, .luck = luck_of(1, 0), .out = &x->out, .hands = 1, .counts = true,
                          .options = { .threads = 1, .details = true, .minutes = true } };
    x->t.end_us = (int64_t)m->days * DAY_US;
    assert_int_equal(town_make(&x->t, NULL), AP_OK);
}

static inline void town_end(struct town_test *x) {
    town_free(&x->t);
    fleet_record_free(&x->out);
    model_free(&x->m);
    folder_close(&x->f);
}

static inline struct hand *hand_of(struct town_test *x) {
    return &x->t.hand[0];
}

// A request that takes what it takes at full power: minutes from the run's first moment, kWh.
static inline struct request asked(double minute, double kwh) {
    return (struct request){ .at_us = (int64_t)(minute * 60e6), .size = (int64_t)(kwh * 1e9), .patience_us = NEVER_US,
                             .district = 1, .current = DC, .access = ACCESS_CLOSED, .flags = ASK_ENERGY };
}

static inline int64_t sum_of(struct town_test *x, enum fleet_sum sum) {
    return sums_of(hand_of(x), 1, 0)[sum];
}

// Energy that the hours kept hold.
static inline int64_t load_of(struct town_test *x) {
    const struct charging_counts *n = &x->t.c->n;
    int64_t uwh = 0;
    for (size_t i = 0; i < (size_t)LOAD_HOURS * n->district * LOADS; i++) uwh += hand_of(x)->load[i];
    return uwh;
}

static inline int64_t load_at(struct town_test *x, int hour, enum load_kind kind) {
    return hand_of(x)->load[((size_t)LOADS + kind) * LOAD_HOURS + (size_t)hour];
}

static inline void near_us(int64_t value, double minutes) {
    int64_t off = value - (int64_t)(minutes * 60e6);
    if (off > 3 || off < -3) fail_msg("%lld us are not %g minutes", (long long)value, minutes);
}

#endif
