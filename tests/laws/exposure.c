// Nobody does better than the best response (M-30): with the same stocks, capacities and demand a simulated outage
// loses at least what the linear program says.
#include <stdio.h>
#include <string.h>

#include "laws/load.h"
#include "study/programs.h"
#include "tick/tick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { DEMANDS_MOST = 16, REPLICATIONS = 4 };
enum { OUTAGE_DAYS = 14 };   // of the shocks of D2-chain, one for each site

static double margin_of(const struct model *m, uint32_t demand) {
    const struct product *product = &m->products[m->stocks[m->demands[demand].stock].product];
    return (double)m->tables->products[product->family].margin / 100;
}

// Of the first days of a run, with the luck of a replication. `mean`: [demand] what fell in a period, on average.
static double simulated_loss(const struct model *m, uint32_t replication, int32_t days, double *mean) {
    struct run run;
    double sum = 0;
    assert_int_equal(run_make(m, luck_of(1, replication), &run), AP_OK);
    for (int32_t day = 0; day < days; day++) assert_int_equal(run_day(&run, day), AP_OK);
    for (uint32_t i = 1; i < m->n.demand; i++) {
        double periods = (double)days * m->ticks_per_day / m->demands[i].every_ticks;
        sum += (double)run.tally.demand_lost[i] * margin_of(m, i);
        mean[i] = (double)run.tally.demand_wanted[i] / periods;
    }
    run_free(&run);
    return sum;
}

// At the best response, with the demand that fell.
static double least_loss(struct model *m, uint32_t site, double days, const double *mean) {
    struct programs_options options = { .weight = LOST_MARGIN, .first_day = 0, .last_day = -1 };
    struct outage outage = { &site, site != 0 };
    struct outage_loss loss;
    struct programs *p;
    for (uint32_t i = 1; i < m->n.demand; i++) m->demands[i].mean = mean[i];
    assert_int_equal(programs_make(m, &options, &p), AP_OK);
    assert_int_equal(programs_ttr(p, &outage, days, &loss), AP_OK);
    programs_free(p);
    return loss.margin_yuan;
}

// How often the best response loses too, over all sites and replications.
static uint32_t law_hold(const char *folder, int32_t days) {
    struct loaded base, down;
    double mean[DEMANDS_MOST];
    uint32_t losing = 0;
    assert_true(loaded_read(folder, NULL, &base));
    assert_true(base.model.n.demand <= DEMANDS_MOST);
    for (uint32_t i = 1; i <= base.tables.shocks_count; i++) {
        const char *site = base.tables.shocks[i].shock;
        uint32_t e = 1;
        while (strcmp(enterprise_name(&base.model, e), site) != 0) e++;
        assert_true(loaded_read(folder, site, &down));
        for (uint32_t replication = 0; replication < REPLICATIONS; replication++) {
            double found = simulated_loss(&down.model, replication, days, mean);
            double least = least_loss(&base.model, e, days, mean);
            if (found < least - 1e-6) print_error("%s: %g lost, at least %g\n", site, found, least);
            assert_true(found >= least - 1e-6);
            losing += least > 0;
        }
        loaded_free(&down);
    }
    loaded_free(&base);
    return losing;
}

// Weeks of days, parts on the way, orders, Poisson demand: the program still loses for three of sixteen sites.
static void a_simulated_outage_loses_at_least_the_program(void **unused) {
    (void)unused;
    assert_true(law_hold("scenarios/cases/D2-chain", OUTAGE_DAYS) >= 3 * REPLICATIONS);
}

// The network of D2 itself, for which six sites lose in two periods and fifteen in six.
static void the_network_of_the_exact_case_too(void **unused) {
    (void)unused;
    assert_int_equal(law_hold("scenarios/cases/D2", 2), 6 * REPLICATIONS);
    assert_int_equal(law_hold("scenarios/cases/D2", 6), 15 * REPLICATIONS);
}

// Without an outage the program loses little on this network, and the simulation no more than it must by its lots and
// its ways: the law above is not met by a chain that is in trouble anyway.
static void the_undisturbed_chain_loses_next_to_nothing(void **unused) {
    (void)unused;
    struct loaded base;
    double mean[DEMANDS_MOST], wanted = 0;
    assert_true(loaded_read("scenarios/cases/D2-chain", NULL, &base));
    double found = simulated_loss(&base.model, 0, OUTAGE_DAYS, mean);
    for (uint32_t i = 1; i < base.model.n.demand; i++) wanted += mean[i] * OUTAGE_DAYS * margin_of(&base.model, i);
    assert_true(least_loss(&base.model, 0, OUTAGE_DAYS, mean) == 0);
    assert_true(found < 0.02 * wanted);
    loaded_free(&base);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_simulated_outage_loses_at_least_the_program),
        cmocka_unit_test(the_network_of_the_exact_case_too),
        cmocka_unit_test(the_undisturbed_chain_loses_next_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
