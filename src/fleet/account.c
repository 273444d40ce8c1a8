// The fleet's ledgers (M-12.7), each month and at the end: energy in the batteries, energy at the plugs, requests.
#include <stdio.h>

#include "fleet/town.h"

static enum ap_status account_check(struct town *t, const char *what, int64_t in, int64_t out) {
    if (in == out) return AP_OK;
    char date[11];
    date_format(t->m->first_day + t->day, date);
    snprintf(t->out->trouble, sizeof t->out->trouble, "%s until %s: %lld against %lld", what, date, (long long)in,
             (long long)out);
    return AP_LEDGER;
}

// Opening and joined + charged = driven + scrapped + what is in the batteries.
static enum ap_status batteries_check(struct town *t) {
    int64_t inside = 0;
    for (uint32_t v = 1; v < t->vehicles; v++) inside += t->s.vehicle_charge[v];
    return account_check(t, "energy of the batteries in mWh", t->joined_mwh + t->flows[FLEET_charged_mwh],
                         t->flows[FLEET_driven_mwh] + t->scrapped_mwh + inside);
}

static int64_t ring_uwh(const struct hand *h) {
    const struct charging_counts *n = &h->town->c->n;
    int64_t sum = 0;
    for (size_t i = 0; i < (size_t)n->district * LOADS * LOAD_HOURS; i++) sum += h->load[i];
    for (uint32_t i = 0; i < h->late_count; i++) sum += h->late[i].uwh;
    return sum;
}

// What sessions delivered = the load of all hours, past and to come.
static enum ap_status plugs_check(struct town *t) {
    int64_t told = 0, load = t->closed_uwh;
    for (uint32_t i = 0; i < t->hands; i++) {
        told += t->hand[i].delivered_uwh;
        load += ring_uwh(&t->hand[i]);
    }
    TRY(account_check(t, "energy at the plugs in uWh", told, load));
    int64_t sessions = t->flows[FLEET_home_uwh] + t->flows[FLEET_residents_uwh] + t->flows[FLEET_ac_uwh] +
                       t->flows[FLEET_dc_uwh];
    return account_check(t, "energy of the sessions in uWh", sessions + events_uwh(t), load);
}

// Asked = ended with a reason + still open.
static enum ap_status requests_check(struct town *t) {
    int64_t ended = 0, open = events_open(t);
    for (int i = 0; i < ENDS; i++) ended += t->flows[FLEET_ended_served + i];
    for (uint32_t i = 0; i < t->hands; i++)
        for (uint32_t k = 0; k < BUCKET_RING; k++)
            for (uint32_t j = 0; j < t->hand[i].asks[k].count; j++)
                open += !(t->hand[i].asks[k].rows[j].flags & ASK_REPAIR);
    return account_check(t, "requests for piles", t->flows[FLEET_asked], ended + open);
}

enum ap_status fleet_check(struct town *t) {
    TRY(batteries_check(t));
    TRY(plugs_check(t));
    return requests_check(t);
}
