// The published measures on one core: lost over its own time to recover and time to survive of every enterprise of the
// region, and the systemic risk index of every enterprise. Usage: exposure FOLDER
#include <stdlib.h>

#include "opening.h"
#include "study/study.h"

struct found {
    double  *lost, *survived, *risk;   // [enterprise]
    double   seconds, risk_seconds;
    uint32_t rows;
};

static bool programs_ask(const struct model *m, struct found *out) {
    struct programs_options options = { .weight = LOST_UNITS, .first_day = 0, .last_day = -1 };
    struct programs *programs;
    double start = processor_seconds();
    enum ap_status status = programs_make(m, &options, &programs);
    for (uint32_t e = 1; e < m->n.enterprise && status == AP_OK; e++) {
        struct outage outage = { &e, 1 };
        struct outage_loss loss;
        if (!m->enterprises[e].in_region) continue;
        double days = m->tables->enterprises[m->enterprises[e].table_row].ttr_mode_days;
        status = programs_ttr(programs, &outage, days, &loss);
        if (status == AP_OK) status = programs_tts(programs, &outage, &out->survived[e]);
        out->lost[e] = loss.units;
        out->rows++;
    }
    out->seconds = processor_seconds() - start;
    if (status != AP_OK) fprintf(stderr, "%s\n", programs ? programs_trouble(programs) : "refused");
    programs_free(programs);
    return status == AP_OK;
}

static bool risk_ask(const struct model *m, struct found *out) {
    struct systemic *systemic;
    double start = processor_seconds();
    enum ap_status status = systemic_make(m, &systemic);
    for (uint32_t e = 1; e < m->n.enterprise && status == AP_OK; e++) out->risk[e] = systemic_risk(systemic, &e, 1);
    out->risk_seconds = processor_seconds() - start;
    systemic_free(systemic);
    return status == AP_OK;
}

static int found_print(const struct model *m, const struct found *x) {
    uint32_t never = 0, at = 0;
    double *lost = calloc(x->rows + 1, sizeof *lost), *risk = calloc(x->rows + 1, sizeof *risk);
    struct agreement agreement;
    if (!lost || !risk) return 1;
    for (uint32_t e = 1; e < m->n.enterprise; e++) {
        if (!m->enterprises[e].in_region) continue;
        never += x->survived[e] == SURVIVES_FOR_EVER;
        lost[at] = x->lost[e];
        risk[at++] = x->risk[e];
    }
    if (agreement_measure(lost, risk, x->rows, 20, &agreement) != AP_OK) return 1;
    printf("programs: %u\nseconds: %.3f\nnever lose: %u\n", 2 * x->rows, x->seconds, never);
    printf("risk of: %u\nrisk seconds: %.4f\n", m->n.enterprise - 1, x->risk_seconds);
    printf("kendall: %.3f\nspearman: %.3f\ntop 20 of both: %u\n", agreement.kendall, agreement.spearman,
           agreement.top_both);
    uint64_t hash = hash_block(x->lost, m->n.enterprise * sizeof *x->lost);
    hash = hash_pair(hash, hash_block(x->survived, m->n.enterprise * sizeof *x->survived));
    hash = hash_pair(hash, hash_block(x->risk, m->n.enterprise * sizeof *x->risk));
    printf("hash: %016llx\n", (unsigned long long)hash);
    free(lost);
    free(risk);
    return 0;
}

int main(int argc, char **argv) {
    struct opening o;
    if (argc != 2) {
        fprintf(stderr, "usage: exposure FOLDER\n");
        return 2;
    }
    bool ok = opening_make(argv[1], NULL, 0, &o);
    struct found found = { calloc(o.model.n.enterprise + 1, sizeof(double)),
                           calloc(o.model.n.enterprise + 1, sizeof(double)),
                           calloc(o.model.n.enterprise + 1, sizeof(double)), 0, 0, 0 };
    ok = ok && found.lost && found.survived && found.risk && programs_ask(&o.model, &found) &&
         risk_ask(&o.model, &found);
    int status = ok ? found_print(&o.model, &found) : 1;
    free(found.lost);
    free(found.survived);
    free(found.risk);
    opening_free(&o);
    return status;
}
