// Targets: text columns that must name something which is no key: shocks' targets, bills, options, shapes, makers,
// and the shops of a line.
#include <stdio.h>
#include <string.h>

#include "read/checks.h"

static const char *text_of(const struct table_read *t, uint32_t row, uint32_t slot) {
    return *(const char *const *)field_of(t, row, slot);
}

static uint32_t slot_by_name(const struct table_read *t, const char *name) {
    int slot = column_by_name(t->schema, name, strlen(name));
    ASSERT(slot >= 0);
    return (uint32_t)slot;
}

// A column whose values may be named elsewhere.
struct named_by {
    enum table_id table;
    const char   *column;
};

// Fills a set with the values of one or two columns; *complete tells whether all of them could be read.
static enum ap_status set_fill(struct reader *r, const struct named_by by[2], struct text_set *set, bool *complete) {
    uint32_t room = 0;
    *complete = true;
    for (int i = 0; i < 2; i++) room += by[i].column ? r->tables[by[i].table].count : 0;
    if (!text_set_make(set, room, &r->scratch)) return AP_NO_MEMORY;
    for (int i = 0; i < 2 && by[i].column; i++) {
        const struct table_read *t = &r->tables[by[i].table];
        uint32_t slot = slot_by_name(t, by[i].column);
        *complete &= !t->unreadable;
        for (uint32_t row = 1; row <= t->count; row++) {
            const char *text = text_of(t, row, slot);
            if (text[0] != '\0') text_set_add(set, text);
        }
    }
    return AP_OK;
}

static void target_unknown(struct reader *r, const struct row_place *place, const struct text_set *set,
                           const char *what) {
    char rule[64], sentence[96];
    int count = snprintf(rule, sizeof rule, "UNKNOWN_%s", what);
    for (int i = 0; i < count; i++) {
        if (rule[i] >= 'a' && rule[i] <= 'z') rule[i] = (char)(rule[i] - 32);
    }
    snprintf(sentence, sizeof sentence, "no %s has this name", what);
    struct nearest nearest = nearest_to(r, place->value);
    const char *words = text_set_nearest(set, &nearest);
    row_complain(r, place, rule, words, sentence);
}

// Text columns that name a value of another column.
static const struct {
    struct named_by from;
    struct named_by by[2];
    const char     *what;
} name_checks[] = {
    {{TABLE_platforms, "bill"}, {{TABLE_bom, "bill"}, {0}}, "bill"},
    {{TABLE_bom, "bill"}, {{TABLE_platforms, "bill"}, {TABLE_products, "product"}}, "bill"},
    {{TABLE_volumes, "shape"}, {{TABLE_shapes, "shape"}, {0}}, "shape"},
    {{TABLE_losses, "maker"}, {{TABLE_platforms, "maker"}, {0}}, "maker"},
    {{TABLE_ev_types, "curve"}, {{TABLE_curves, "curve"}, {0}}, "curve"},
    {{TABLE_ev_classes, "season"}, {{TABLE_profiles, "profile"}, {0}}, "profile"},
    {{TABLE_ev_classes, "home_profile"}, {{TABLE_profiles, "profile"}, {0}}, "profile"},
    {{TABLE_ev_classes, "leave_profile"}, {{TABLE_profiles, "profile"}, {0}}, "profile"},
    {{TABLE_ev_classes, "public_profile"}, {{TABLE_profiles, "profile"}, {0}}, "profile"},
    {{TABLE_fleet_inflow, "shape"}, {{TABLE_shapes, "shape"}, {0}}, "shape"},
    {{TABLE_feeders, "base_shape"}, {{TABLE_profiles, "profile"}, {0}}, "profile"},
    {{TABLE_sites, "tariff"}, {{TABLE_tariffs, "tariff"}, {0}}, "tariff"},
    {{TABLE_streams, "profile"}, {{TABLE_profiles, "profile"}, {0}}, "profile"},
};

static enum ap_status names_check(struct reader *r, size_t check) {
    const struct named_by *from = &name_checks[check].from;
    const struct table_read *t = &r->tables[from->table];
    uint32_t slot = slot_by_name(t, from->column);
    struct text_set known, told;
    bool complete;
    if (from->table == TABLE_platforms && r->tables[TABLE_bom].count == 0) return AP_OK;   // bare lines
    TRY(set_fill(r, name_checks[check].by, &known, &complete));
    if (!text_set_make(&told, t->count, &r->scratch)) return AP_NO_MEMORY;
    for (uint32_t row = 1; row <= t->count && complete; row++) {
        const char *text = text_of(t, row, slot);
        if (text[0] == '\0' || text_set_has(&known, text) || text_set_add(&told, text)) continue;
        struct row_place place = {t, row, slot, text};
        target_unknown(r, &place, &known, name_checks[check].what);
    }
    return AP_OK;
}

// options of variants: names of bom.csv's option column, separated by ;
static enum ap_status options_check(struct reader *r) {
    const struct named_by by[2] = {{TABLE_bom, "option"}, {0}};
    const struct table_read *t = &r->tables[TABLE_variants];
    uint32_t slot = slot_by_name(t, "options");
    struct text_set known;
    bool complete;
    TRY(set_fill(r, by, &known, &complete));
    for (uint32_t row = 1; row <= t->count && complete; row++) {
        const char *list = text_of(t, row, slot);
        while (*list) {
            size_t count = strcspn(list, ";");
            char option[200];
            snprintf(option, sizeof option, "%.*s", (int)(count < 190 ? count : 190), list);
            struct row_place place = {t, row, slot, option};
            if (count > 0 && !text_set_has(&known, option)) target_unknown(r, &place, &known, "option");
            list += count + (list[count] == ';');
        }
    }
    return AP_OK;
}

// `next` names a shop of the same line.
static void next_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_shops];
    uint32_t slot = slot_by_name(t, "next");
    for (uint32_t row = 1; row <= t->count; row++) {
        const struct shop_row *shop = (const void *)row_of(t, row);
        if (shop->next[0] == '\0' || t->notes[row].faulty || t->unreadable) continue;
        char key[400];
        snprintf(key, sizeof key, "%.190s\x1f%.190s", t->names[row * t->reference_count], shop->next);
        if (index_find(t, key, hash_text(key)) != 0) continue;
        struct row_place place = {t, row, slot, shop->next};
        row_complain(r, &place, "UNKNOWN_SHOP", NULL, "the line has no shop of this name");
    }
}

// What a shock's target names, by its scope.
static const struct {
    struct named_by by[2];
    const char     *what;
} scopes[] = {
    [SCOPE_EVERYTHING] = {{{0}, {0}}, NULL},
    [SCOPE_REGION] = {{{0}, {0}}, NULL},
    [SCOPE_OUTSIDE] = {{{0}, {0}}, NULL},
    [SCOPE_ENTERPRISE] = {{{TABLE_enterprises, "enterprise"}, {0}}, "enterprise"},
    [SCOPE_FAMILY] = {{{TABLE_enterprises, "family"}, {0}}, "family"},
    [SCOPE_PRODUCT] = {{{TABLE_products, "product"}, {0}}, "product"},
    [SCOPE_DISTRICT] = {{{TABLE_districts, "district"}, {0}}, "district"},
    [SCOPE_ZONE] = {{{TABLE_districts, "zone"}, {0}}, "zone"},
    [SCOPE_MAKER] = {{{TABLE_enterprises, "maker"}, {TABLE_platforms, "maker"}}, "maker"},
    [SCOPE_LINE] = {{{TABLE_lines, "line"}, {0}}, "line"},
    [SCOPE_LANE] = {{{TABLE_lanes, "lane"}, {0}}, "lane"},
    [SCOPE_MARKET] = {{{TABLE_markets, "market"}, {0}}, "market"},
    [SCOPE_PLATFORM] = {{{TABLE_platforms, "platform"}, {0}}, "platform"},
};
enum { SCOPES = sizeof scopes / sizeof scopes[0] };

static enum ap_status shocks_check(struct reader *r) {
    const struct table_read *t = &r->tables[TABLE_shocks];
    uint32_t slot = slot_by_name(t, "target");
    struct text_set known[SCOPES];
    bool complete[SCOPES] = {false};
    for (int i = 0; i < SCOPES; i++) {
        if (scopes[i].what) TRY(set_fill(r, scopes[i].by, &known[i], &complete[i]));
    }
    for (uint32_t row = 1; row <= t->count; row++) {
        const struct shock_row *shock = (const void *)row_of(t, row);
        struct row_place place = {t, row, slot, shock->target};
        if (t->notes[row].faulty) continue;
        ASSERT(shock->scope >= 0 && shock->scope < SCOPES);
        if (!scopes[shock->scope].what) {
            if (shock->target[0] != '\0') {
                row_complain(r, &place, "TARGET", "leave it empty, or choose another scope",
                             "a shock of this scope has no target");
            }
        } else if (complete[shock->scope] && !text_set_has(&known[shock->scope], shock->target)) {
            target_unknown(r, &place, &known[shock->scope], scopes[shock->scope].what);
        }
    }
    return AP_OK;
}

enum ap_status targets_check(struct reader *r) {
    for (size_t i = 0; i < sizeof name_checks / sizeof name_checks[0]; i++) TRY(names_check(r, i));
    TRY(options_check(r));
    next_check(r);
    return shocks_check(r);
}
