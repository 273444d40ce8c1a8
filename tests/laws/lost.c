// M-5: a run in which a unit is lost on purpose stops in that tick, and the ledger names the row: from every column of
// the state that holds units, before every stage of the tick. A new column must say here what would see its loss.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws/dice.h"
#include "laws/load.h"
#include "tick/tick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { NAME_BYTES = 96, WORLDS = 40 };

// Writes the name of a row's ledger as the message gives it.
typedef void (*row_name)(const struct model *m, uint32_t row, char name[NAME_BYTES]);

static void of_stock(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%s", m->products[m->stocks[row].product].id);
}

static void of_link(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    of_stock(m, m->links[row].buyer, name);
}

static void of_transit(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    for (int k = 0; k < RINGS; k++) {
        const struct ring *ring = &m->rings[k];
        uint32_t at = row - ring->first;
        if (row < ring->first || at >= (uint32_t)ring->slots * ring->columns) continue;
        of_stock(m, m->ring_stocks[ring->first_stock + at % ring->columns], name);
    }
}

static void of_shop(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%s", m->tables->lines[m->lines[m->shops[row].line].table_row].line);
}

static void of_place(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    uint32_t shop = m->n.shop - 1;
    while (m->shops[shop].first_place > row) shop--;
    of_shop(m, shop, name);
}

static void of_offer(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%s", m->products[m->variants[m->offers[row].variant].product].id);
}

static void of_cohort(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    of_offer(m, row / COHORT_DAYS, name);
}

static void of_arriving(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    of_offer(m, row / DEALER_RING_DAYS, name);
}

static void of_lane(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%s", m->tables->lanes[m->lanes[row].table_row].lane);
}

// Of dealers the offer's ledger sees it first, of exports the lane's.
static void of_way(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    if (m->offers[m->ways[row].offer].dealer) of_offer(m, m->ways[row].offer, name);
    else of_lane(m, m->ways[row].lane, name);
}

static void of_market(const struct model *m, uint32_t row, char name[NAME_BYTES]) {
    snprintf(name, NAME_BYTES, "%s", m->tables->markets[m->markets[row / MARKET_RING_DAYS].table_row].market);
}

// What sees a unit lost from a column: ledgers, separated by |, and the name of the row; or why nothing is lost.
static const struct loss {
    const char *column, *ledgers;
    row_name    name;
    const char *excuse;
} losses[] = {
    { "stock_on_hand", "product|stock", of_stock, NULL },
    { "stock_owed_in", "orders for", of_stock, NULL },
    { "stock_under_way", "product", of_stock, NULL },
    { "stock_backlog", "demand at", of_stock, NULL },
    { "transit", "shipments to|product", of_transit, NULL },
    { "link_owed", "orders for|product", of_link, NULL },
    { "link_owed_since", NULL, NULL, "a date" },
    { "link_ordered", "orders for", of_link, NULL },
    { "link_short_days", NULL, NULL, "a count of days" },
    { "maker_strain", NULL, NULL, "a count of days" },
    { "line_strain", NULL, NULL, "a count of days" },
    { "enterprise_down", NULL, NULL, "yes or no" },
    { "shop_unit", "line|shop", of_shop, NULL },
    { "shop_left", NULL, NULL, "a time" },
    { "shop_up_left", NULL, NULL, "a time" },
    { "shop_down_left", NULL, NULL, "a time" },
    { "place_waiting", "line|shop", of_place, NULL },
    { "place_done", NULL, NULL, "levels the day's variants; what was finished is in the tallies of shops" },
    { "build_released", NULL, NULL, "paces the day; what was started is in the tallies of lines" },
    { "build_today", NULL, NULL, "a plan" },
    { "build_carry", NULL, NULL, "a plan" },
    { "build_plan", NULL, NULL, "a plan" },
    { "offer_stock", "dealers of", of_offer, NULL },
    { "offer_under_way", "vehicles under way of", of_offer, NULL },
    { "offer_wanted", NULL, NULL, "what dealers lack to their target: found again every day from what they have" },
    { "offer_waiting", "orders of|buyers of", of_offer, NULL },
    { "offer_cohort", "buyers of", of_cohort, NULL },
    { "offer_arriving", "vehicles under way of|dealers of", of_arriving, NULL },
    { "way_waiting", "vehicles under way of|lane", of_way, NULL },
    { "lane_waiting", "lane", of_lane, NULL },
    { "market_arriving", "market", of_market, NULL },
};

static const struct loss *loss_of(const char *column) {
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++)
        if (strcmp(losses[i].column, column) == 0) return &losses[i];
    return NULL;
}

// The thief waits for a stage in which the column holds something, and takes one unit of a random row.
struct thief {
    struct run *run;
    int32_t *cells;
    uint32_t rows, stage;
    struct dice dice;
    bool     done;
    uint32_t row;
};

static void steal(void *self, uint32_t stage) {
    struct thief *t = self;
    if (t->done || stage != t->stage || t->rows < 2) return;
    uint32_t first = (uint32_t)dice_roll(&t->dice, 1, (int)t->rows - 1);
    for (uint32_t i = 0; i < t->rows && !t->done; i++) {
        t->row = (first + i) % t->rows;
        if (t->cells[t->row] <= 0) continue;
        if (t->cells == t->run->state.shop_unit) t->cells[t->row] = t->run->state.shop_left[t->row] = 0;
        else t->cells[t->row]--;
        t->done = true;
    }
}

static bool ledger_named(const char *message, const char *ledgers, const char *name) {
    char begins[64];
    for (const char *at = ledgers; *at;) {
        size_t length = strcspn(at, "|");
        snprintf(begins, sizeof begins, "ledger of %.*s \"", (int)length, at);
        if (strncmp(message, begins, strlen(begins)) == 0 && strstr(message, name)) return true;
        at += length + (at[length] == '|');
    }
    return false;
}

struct score {
    int taken[16], missed;      // by stage
};

// One theft on a day of the run, which is put back afterwards.
static void theft_try(struct run *r, const struct loss *loss, struct thief *t, struct score *score) {
    char name[NAME_BYTES] = "";
    int32_t day = r->state.tick / r->m->ticks_per_day;
    r->clock = steal;
    r->clock_self = t;
    enum ap_status status = run_day(r, day);
    r->clock = NULL;
    if (!t->done) return;
    loss->name(r->m, t->row, name);
    bool seen = status == AP_LEDGER && ledger_named(r->ledger.message, loss->ledgers, name);
    score->taken[t->stage]++;
    score->missed += !seen;
    if (!seen)
        printf("# %s[%u] (%s) before %s: status %d, %s\n", loss->column, t->row, name, stage_name(t->stage), status,
               r->ledger.message);
}

// The columns of one world on one day, before every stage.
static void day_rob(struct run *r, uint32_t world, struct score scores[]) {
    struct state state;
    struct tally tally;
    assert_int_equal(state_make(r->m, &state), AP_OK);
    assert_int_equal(tally_make(r->m, &tally), AP_OK);
    state_copy(&state, &r->state);
    memcpy(tally.block, r->tally.block, tally.cells * sizeof *tally.block);
    uint32_t number = 0;
#define COLUMN_ROB(column, per, unit, meaning)                                                                         \
    for (uint32_t stage = 0; stage < stage_count(); stage++) {                                                         \
        const struct loss *loss = loss_of(#column);                                                                    \
        struct thief t = { .run = r, .cells = r->state.column, .rows = r->m->n.per, .stage = stage,                    \
                           .dice = { world * 1000 + stage } };                                                         \
        if (loss && loss->ledgers) theft_try(r, loss, &t, &scores[number]);                                            \
        state_copy(&r->state, &state);                                                                                 \
        memcpy(r->tally.block, tally.block, tally.cells * sizeof *tally.block);                                        \
        run_resume(r);                                                                                                 \
    }                                                                                                                  \
    number++;
    STATE_COLUMNS(COLUMN_ROB)
#undef COLUMN_ROB
    state_free(&state);
    tally_free(&tally);
}

static void model_rob(struct model *m, uint32_t number, struct score scores[]) {
    struct run r;
    m->set.audit_every_tick = 1;
    assert_int_equal(run_make(m, luck_of(number, 0), &r), AP_OK);
    int32_t days = 20 + (int32_t)(number % 20);
    for (int32_t day = 0; day < days; day++) assert_int_equal(run_day(&r, day), AP_OK);
    day_rob(&r, number, scores);
    run_free(&r);
}

static void what_is_lost_is_named_by_its_ledger(void **unused) {
    (void)unused;
    static struct score scores[64];
    static const char *const cases[] = { "scenarios/cases/A2", "scenarios/cases/B2", "scenarios/cases/A8" };
    for (uint32_t world = 0; world < WORLDS; world++) {
        char folder[64];
        struct loaded l;
        assert_true(world_folder(world, ORDER_WRITTEN, folder) && loaded_read(folder, NULL, &l));
        world_remove(folder);
        model_rob(&l.model, world, scores);
        loaded_free(&l);
    }
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct loaded l;
        assert_true(loaded_read(cases[i], NULL, &l));
        model_rob(&l.model, i, scores);
        loaded_free(&l);
    }
    int missed = 0, blind = 0;
    uint32_t number = 0;
#define COLUMN_COUNT(column, per, unit, meaning)                                                                       \
    for (uint32_t stage = 0; loss_of(#column) && loss_of(#column)->ledgers && stage < stage_count(); stage++) {        \
        missed += stage == 0 ? scores[number].missed : 0;                                                              \
        if (scores[number].taken[stage] > 0) continue;                                                                 \
        printf("# nothing was ever in " #column " before %s\n", stage_name(stage));                                    \
        blind++;                                                                                                       \
    }                                                                                                                  \
    number++;
    STATE_COLUMNS(COLUMN_COUNT)
#undef COLUMN_COUNT
    assert_int_equal(missed, 0);
    assert_int_equal(blind, 0);
}

static void every_column_says_what_sees_its_loss(void **unused) {
    (void)unused;
    int silent = 0;
#define COLUMN_KNOWN(column, per, unit, meaning)                                                                       \
    if (!loss_of(#column)) printf("# " #column ": which ledger sees a unit lost from it, or why is none lost?\n");     \
    silent += !loss_of(#column);
    STATE_COLUMNS(COLUMN_KNOWN)
#undef COLUMN_KNOWN
    assert_int_equal(silent, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_says_what_sees_its_loss),
        cmocka_unit_test(what_is_lost_is_named_by_its_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
