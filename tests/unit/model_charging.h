// A town for a test: a folder with charging tables, read and compiled.
#ifndef TESTS_MODEL_CHARGING_H
#define TESTS_MODEL_CHARGING_H

#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "unit/read/folder.h"

struct town_read {
    struct folder_read f;
    struct model m;
    const struct charging *c;
    enum ap_status status;         // of model_build
};

// A table without its source and confidence, which each line gets.
static inline void table_put(const struct town_read *t, const char *name, const char *text) {
    struct words w = {0};
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        words_add_bytes(&w, line, length);
        words_add_text(&w, line == text ? ",source,confidence\n" : ",test,assumed\n");
        line += length + (line[length] == '\n');
    }
    file_put(&t->f, name, words_text(&w));
    words_free(&w);
}

// Two districts of the region a degree of latitude apart, one outside, 2023 without a warm-up.
static inline void town_make(struct town_read *t) {
    memset(t, 0, sizeof *t);
    folder_make(&t->f);
    table_put(t, "districts.csv", "district,in_region,lat,lon,population\nSouth,yes,29,106,300\nNorth,yes,30,106,100\n"
                                  "Away,no,31,106,1000\n");
    table_put(t, "enterprises.csv", "enterprise,district,kind\nSOURCE,South,unlimited\n");
    table_put(t, "products.csv", "product,value\nX,1\n");
    table_put(t, "settings.csv", "setting,value\nfrom,2023-01-01\nuntil,2023-12-31\nwarm_up_days,0\n");
}

static inline void town_build(struct town_read *t, uint32_t world) {
    folder_open(&t->f, &(struct read_options){0});
    if (t->f.status != AP_OK) complaints_show(&t->f);
    assert_int_equal(t->f.status, AP_OK);
    t->status = model_build(&t->f.tables, 7, world, &t->f.complaints, &t->m);
    t->c = &t->m.charging;
}

// One that must succeed.
static inline void town_open(struct town_read *t) {
    town_build(t, 0);
    if (t->status != AP_OK) complaints_show(&t->f);
    assert_int_equal(t->status, AP_OK);
}

static inline void town_close(struct town_read *t) {
    model_free(&t->m);
    folder_close(&t->f);
}

static inline void near_to(double value, double expected, double relative) {
    double off = value - expected, most = expected < 0 ? -expected * relative : expected * relative;
    if (off > most || -off > most) fail_msg("%.15g is not %.15g", value, expected);
}

// A type, and classes of it (a;b;c) that have nothing at home: what classes need beside their own rows.
static inline void classes_need(const struct town_read *t, const char *classes) {
    struct words types = {0}, homes = {0};
    table_put(t, "ev_types.csv", "type,powertrain,battery_kwh,ac_kw,dc_kw\nsedan,BEV,60,7,60\n");
    words_add(&types, "class,type\n");
    words_add(&homes, "class,home,share\n");
    for (const char *at = classes; *at;) {
        int length = (int)strcspn(at, ";");
        words_add(&types, "%.*s,sedan\n", length, at);
        words_add(&homes, "%.*s,none,1\n", length, at);
        at += length + (at[length] == ';');
    }
    table_put(t, "class_types.csv", words_text(&types));
    table_put(t, "homes.csv", words_text(&homes));
    words_free(&types);
    words_free(&homes);
}

#endif
