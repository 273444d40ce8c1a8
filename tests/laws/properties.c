// Properties that hold whatever the numbers: reversal, monotony, scaling, coverage of intervals, variance reduction.
// (Renumbering, threads and conservation are in sameness.c, shocks of size nothing in remerge.c.)
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "laws/benches.h"
#include "laws/dice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

// ---- random lines and chains --------------------------------------------------------------------------------------

static struct bench_line line_random(struct dice *d, int days) {
    struct bench_line l = { .shops = dice_roll(d, 2, 5), .days = days, .law = "constant", .failures = "none" };
    for (int i = 0; i < l.shops; i++) {
        l.cycle[i] = dice_roll(d, 40, 80);
        l.buffer[i] = i + 1 < l.shops ? dice_roll(d, 0, 4) : 0;
        l.up[i] = dice_roll(d, 1, 4) / 2.0;
        l.down[i] = dice_roll(d, 1, 8) / 20.0;
    }
    return l;
}

static struct bench_chain chain_random(struct dice *d) {
    struct bench_chain c = { .stages = dice_roll(d, 1, BENCH_STAGES), .days = 120, .warm_up = 10,
                             .mean = dice_roll(d, 2, 40) / 4.0 };
    c.rate = (int)(c.mean / 6) + dice_roll(d, 1, 2);
    for (int i = 0; i < c.stages; i++) {
        c.transit[i] = dice_roll(d, 2, 20);
        c.level[i] = (int)(c.mean * (c.transit[i] + 6) / 6) + dice_roll(d, 0, 4);
    }
    return c;
}

static struct bench_line line_reversed(const struct bench_line *l) {
    struct bench_line r = *l;
    for (int i = 0; i < l->shops; i++) {
        int other = l->shops - 1 - i;
        r.cycle[i] = l->cycle[other], r.up[i] = l->up[other], r.down[i] = l->down[other];
        r.buffer[i] = i + 1 < l->shops ? l->buffer[other - 1] : 0;
    }
    return r;
}

// ---- F1: reversal -------------------------------------------------------------------------------------------------

enum { REVERSALS = 16, REVERSAL_RUNS = 10 };

static struct bench_mean throughput_of(const struct bench_line *l) {
    struct loaded loaded;
    double made[REVERSAL_RUNS];
    assert_true(bench_line_load(l, &loaded));
    for (uint32_t i = 0; i < REVERSAL_RUNS; i++) {
        struct run r;
        assert_true(bench_run(&loaded.model, i, &r));
        made[i] = (double)r.tally.line_made[1];
        run_free(&r);
    }
    loaded_free(&loaded);
    return bench_mean_of(made, REVERSAL_RUNS);
}

static void a_line_reversed_makes_as_much(void **unused) {
    (void)unused;
    static const char *const laws[] = { "exponential", "erlang", "exponential", "constant" };
    static const char *const failures[] = { "none", "none", "work", "cycle" };
    int broken = 0;
    for (uint32_t i = 0; i < REVERSALS; i++) {
        struct dice d = { 100 + i };
        struct bench_line line = line_random(&d, 20);
        line.law = laws[i % 4];
        line.failures = failures[i % 4];
        if (i % 4 == 3) {                       // slotted lines have one cycle for all
            line.failure_law = "geometric";
            line.blocking = "hold";
            for (int s = 0; s < line.shops; s++) line.cycle[s] = 60, line.buffer[s] += 1;
        }
        struct bench_line back = line_reversed(&line);
        struct bench_mean a = throughput_of(&line), b = throughput_of(&back);
        double off = a.mean - b.mean, error = sqrt_own(a.error * a.error + b.error * b.error);
        bool same = off * off <= 16 * error * error && error < 0.02 * a.mean;
        if (!same) printf("# line %u: %.1f, reversed %.1f, standard error %.1f\n", i, a.mean, b.mean, error);
        broken += !same;
    }
    assert_int_equal(broken, 0);
}

// ---- F2: monotony -------------------------------------------------------------------------------------------------

// What was made by the end of each day is never less on the richer line.
static bool line_never_less(const struct bench_line *poor, const struct bench_line *rich, int64_t *gain) {
    struct loaded a, b;
    struct run ra, rb;
    bool never = true;
    int64_t behind = 0;
    assert_true(bench_line_load(poor, &a) && bench_line_load(rich, &b));
    assert_true(bench_run(&a.model, 0, &ra) && bench_run(&b.model, 0, &rb));
    for (int32_t day = 0; day < a.model.days; day++) {
        behind += rb.days[day].made - ra.days[day].made;
        never &= behind >= 0;
    }
    *gain += behind;
    run_free(&ra), run_free(&rb);
    loaded_free(&a), loaded_free(&b);
    return never;
}

static void a_place_or_speed_more_never_costs_a_unit(void **unused) {
    (void)unused;
    int broken = 0;
    int64_t gain = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct dice d = { 200 + i };
        struct bench_line poor = line_random(&d, 10), rich;
        poor.failures = i % 3 ? "calendar" : "none";
        rich = poor;
        int shop = dice_roll(&d, 0, poor.shops - 2);
        if (i % 2) rich.buffer[shop] += dice_roll(&d, 1, 3);
        else rich.cycle[shop] -= dice_roll(&d, 1, 20);
        bool never = line_never_less(&poor, &rich, &gain);
        if (!never) printf("# line %u: a %s more made less\n", i, i % 2 ? "place" : "faster shop");
        broken += !never;
    }
    assert_int_equal(broken, 0);
    assert_true(gain > 0);
}

struct service {
    int64_t backlog, served;     // sum of the readings; units that did not wait
};

static struct service service_of(const struct bench_chain *c) {
    struct loaded l;
    struct run r;
    assert_true(bench_chain_load(c, &l) && bench_run(&l.model, 0, &r));
    uint32_t stock = l.model.demands[1].stock;
    struct service out = { r.tally.stock_read_backlog[stock], r.tally.demand_served_at_once[1] };
    run_free(&r);
    loaded_free(&l);
    return out;
}

static void stock_capacity_or_a_shorter_outage_never_harm(void **unused) {
    (void)unused;
    int broken = 0;
    int64_t gain = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct dice d = { 300 + i };
        struct bench_chain poor = chain_random(&d), rich;
        poor.outage_days = i % 3 == 2 ? dice_roll(&d, 3, 12) : i % 2 ? 4 : 0;
        rich = poor;
        if (i % 3 == 0) rich.level[dice_roll(&d, 0, poor.stages - 1)] += dice_roll(&d, 1, 3);
        if (i % 3 == 1) rich.rate += 1;
        if (i % 3 == 2) rich.outage_days -= dice_roll(&d, 1, 3);
        struct service a = service_of(&poor), b = service_of(&rich);
        bool never = b.backlog <= a.backlog && b.served >= a.served;
        if (!never)
            printf("# chain %u: backlog %lld -> %lld, served %lld -> %lld\n", i, (long long)a.backlog,
                   (long long)b.backlog, (long long)a.served, (long long)b.served);
        broken += !never;
        gain += a.backlog - b.backlog;
    }
    assert_int_equal(broken, 0);
    assert_true(gain > 0);
}

// ---- F3: scaling --------------------------------------------------------------------------------------------------

static bool tally_scaled(const char *column, const int64_t *a, const int64_t *b, uint32_t count, int factor) {
    for (uint32_t i = 0; i < count; i++)
        if (b[i] != a[i] * factor) {
            printf("# %s[%u]: %lld, scaled %lld\n", column, i, (long long)a[i], (long long)b[i]);
            return false;
        }
    return true;
}

// Every tally is the same, times are `scale` times as long.
static bool run_scaled(const struct model *m, const struct run *a, const struct run *b, int scale) {
    bool same = true;
#define COLUMN_SCALED(column, per, unit, meaning)                                                                      \
    same = same && tally_scaled(#column, a->tally.column, b->tally.column, m->n.per, strstr(unit, "ms") ? scale : 1);
    TALLY_COLUMNS(COLUMN_SCALED)
#undef COLUMN_SCALED
    return same;
}

static void times_twice_as_long_halve_the_rates_to_the_bit(void **unused) {
    (void)unused;
    int broken = 0;
    for (uint32_t i = 0; i < 30; i++) {
        struct dice d = { 400 + i };
        struct loaded a, b;
        struct run ra, rb;
        int scale = i % 3 ? 2 : 4;
        if (i % 2) {
            struct bench_line line = line_random(&d, 10);
            line.failures = i % 4 == 1 ? "cycle" : "calendar";
            line.failure_law = "geometric";
            assert_true(bench_line_load(&line, &a));
            line.scale = scale;
            assert_true(bench_line_load(&line, &b));
        } else {
            struct bench_chain chain = chain_random(&d);
            chain.spread_per = i % 4 ? "unit" : "shipment";
            assert_true(bench_chain_load(&chain, &a));
            chain.scale = scale;
            assert_true(bench_chain_load(&chain, &b));
        }
        assert_true(bench_run(&a.model, 0, &ra) && bench_run(&b.model, 0, &rb));
        bool same = run_scaled(&a.model, &ra, &rb, scale);
        if (!same) printf("# bench %u: times %d times as long give other counts\n", i, scale);
        broken += !same;
        run_free(&ra), run_free(&rb);
        loaded_free(&a), loaded_free(&b);
    }
    assert_int_equal(broken, 0);
}

// ---- F7: intervals ------------------------------------------------------------------------------------------------

enum { REPETITIONS = 1000, RUNS_EACH = 10 };

// How many of the repetitions' 95 % intervals hold the exact value.
static int intervals_that_hold(const struct model *m, double (*value)(const struct run *r), double exact) {
    int held = 0;
    double critical = student_95(RUNS_EACH);
    for (uint32_t i = 0; i < REPETITIONS; i++) {
        double values[RUNS_EACH];
        for (uint32_t k = 0; k < RUNS_EACH; k++) {
            struct run r;
            assert_true(bench_run(m, i * RUNS_EACH + k, &r));
            values[k] = value(&r);
            run_free(&r);
        }
        struct bench_mean mean = bench_mean_of(values, RUNS_EACH);
        double off = mean.mean - exact;
        held += off * off <= critical * critical * mean.error * mean.error;
    }
    return held;
}

static double mean_on_hand(const struct run *r) {
    uint32_t stock = r->m->demands[1].stock;
    return (double)r->tally.stock_read_on_hand[stock] / (double)r->tally.readings[0];
}

static double throughput_a_minute(const struct run *r) {
    uint32_t last = r->m->lines[1].first_shop + r->m->lines[1].shops - 1;
    return (double)r->tally.shop_done[last] * 60000 / (double)r->tally.shop_open_ms[last];
}

static void intervals_hold_the_exact_value_19_times_in_20(void **unused) {
    (void)unused;
    // A1: base stock 13 against Poisson demand of mean 10 over the lead time: one period of six ticks.
    struct bench_chain stock = { .stages = 1, .days = 40, .level = { 13 }, .transit = { 3 }, .mean = 10,
                                 .rate = 1000000 };
    // C1: two exponential shops with one place between them.
    struct bench_line line = { .shops = 2, .days = 2, .buffer = { 1, 0 }, .cycle = { 60, 60 }, .law = "exponential",
                               .failures = "none" };
    struct loaded a, b;
    assert_true(bench_chain_load(&stock, &a) && bench_line_load(&line, &b));
    int of_stock = intervals_that_hold(&a.model, mean_on_hand, 3.322472730);
    int of_line = intervals_that_hold(&b.model, throughput_a_minute, 0.75);
    printf("# of %d intervals, %d hold A1's stock on hand, %d hold C1's throughput\n", REPETITIONS, of_stock, of_line);
    assert_in_range(of_stock, REPETITIONS * 93 / 100, REPETITIONS * 97 / 100);
    assert_in_range(of_line, REPETITIONS * 93 / 100, REPETITIONS * 97 / 100);
    loaded_free(&a), loaded_free(&b);
}

// ---- F8: common random numbers ------------------------------------------------------------------------------------

enum { PAIRS = 40 };

// Margin earned in a run: what was sold, at the shortage cost of its stock.
static double margin_earned(const struct run *r) {
    const struct tables *t = r->m->tables;
    double sum = 0;
    for (uint32_t i = 1; i < r->m->n.demand; i++) {
        const struct stock *stock = &r->m->stocks[r->m->demands[i].stock];
        const char *owner = enterprise_name(r->m, stock->enterprise);
        for (uint32_t s = 1; s <= t->stocks_count; s++)
            if (t->stocks[s].product == r->m->products[stock->product].family &&
                strcmp(t->enterprises[t->stocks[s].enterprise].enterprise, owner) == 0)
                sum += t->stocks[s].shortage_cost * (double)r->tally.demand_served_at_once[i];
    }
    return sum;
}

static double variance_of(const double *values) {
    struct bench_mean mean = bench_mean_of(values, PAIRS);
    return mean.error * mean.error * PAIRS;
}

// Of the outages of all sites together: of a single one the luck of demand may not matter at all, where the one source
// of a part decides alone how much is sold.
static void the_same_luck_makes_differences_five_times_as_sharp(void **unused) {
    (void)unused;
    static const char *const sites[] = { "P1", "P2", "A", "B",  "CC", "D", "EE", "FS",
                                         "GS", "H",  "I", "J", "KC", "L", "M",  "N" };
    struct loaded calm;
    double before[PAIRS], after[PAIRS], difference[PAIRS], apart = 0, together = 0;
    assert_true(loaded_read("scenarios/cases/D2-chain", NULL, &calm));
    for (uint32_t k = 0; k < PAIRS; k++) {
        struct run r;
        assert_true(bench_run(&calm.model, k, &r));
        before[k] = margin_earned(&r);
        run_free(&r);
    }
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
        struct loaded shocked;
        assert_true(loaded_read("scenarios/cases/D2-chain", sites[i], &shocked));
        for (uint32_t k = 0; k < PAIRS; k++) {
            struct run r;
            assert_true(bench_run(&shocked.model, k, &r));
            after[k] = margin_earned(&r);
            difference[k] = before[k] - after[k];
            run_free(&r);
        }
        double own = variance_of(before) + variance_of(after);
        printf("# outage of %s: %.0f of margin lost, variance %.0f instead of %.0f\n", sites[i],
               bench_mean_of(difference, PAIRS).mean, variance_of(difference), own);
        apart += own;
        together += variance_of(difference);
        loaded_free(&shocked);
    }
    loaded_free(&calm);
    printf("# %.1f times smaller\n", apart / together);
    assert_true(apart >= 5 * together);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_luck_makes_differences_five_times_as_sharp),
        cmocka_unit_test(a_line_reversed_makes_as_much),
        cmocka_unit_test(a_place_or_speed_more_never_costs_a_unit),
        cmocka_unit_test(stock_capacity_or_a_shorter_outage_never_harm),
        cmocka_unit_test(times_twice_as_long_halve_the_rates_to_the_bit),
        cmocka_unit_test(intervals_hold_the_exact_value_19_times_in_20),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
