// Measures of a model alone: what outages cost by linear program, how long they are survived, the systemic risk index.
// A row names who is down together and for how many days: P1, P1+J@6, none@2.
#include <stdlib.h>
#include <string.h>

#include "study/intervals.h"
#include "study/programs.h"
#include "study/selftest_measures.h"
#include "study/systemic.h"

enum { DOWN_MOST = 64 };       // named in one row

struct exposure {
    const struct model *m;
    struct programs *programs;     // NULL: there is no demand
    struct systemic *systemic;
};

struct named_outage {
    uint32_t enterprises[DOWN_MOST], count;
    double   days;
};

static uint32_t enterprise_of(const struct model *m, const char *name, size_t length) {
    for (uint32_t e = 1; e < m->n.enterprise; e++)
        if (strlen(enterprise_name(m, e)) == length && strncmp(name, enterprise_name(m, e), length) == 0) return e;
    return 0;
}

static bool days_parse(const char *words, double *days) {
    char *end = NULL;
    if (!*words) return true;
    *days = strtod(words + 1, &end);
    return end != words + 1 && !*end && *days >= 0 && *days <= SURVIVES_FOR_EVER;
}

static bool outage_parse(const struct model *m, const char *words, struct named_outage *out) {
    *out = (struct named_outage){ 0 };
    const char *at = words, *end = words + strcspn(words, "@");
    if (!days_parse(end, &out->days)) return false;
    if ((size_t)(end - words) == strlen("none") && strncmp(words, "none", 4) == 0 && !enterprise_of(m, "none", 4))
        return true;
    while (at < end && out->count < DOWN_MOST) {
        size_t length = strcspn(at, "+@");
        uint32_t row = enterprise_of(m, at, length);
        if (!row) return false;
        out->enterprises[out->count++] = row;
        at += length + (at[length] == '+');
    }
    return at == end && out->count > 0 && end[-1] != '+';
}

static uint32_t outage_find(const struct model *m, const char *words) {
    struct named_outage named;
    return outage_parse(m, words, &named);
}

enum ap_status exposure_make(const struct model *m, struct exposure **out) {
    struct exposure *e = *out = calloc(1, sizeof *e);
    if (!e) return AP_NO_MEMORY;
    e->m = m;
    struct programs_options options = { .weight = LOST_MARGIN, .first_day = 0, .last_day = -1 };
    enum ap_status status = programs_make(m, &options, &e->programs);
    if (status == AP_BAD_USE) {
        programs_free(e->programs);
        e->programs = NULL;
        status = AP_OK;
    }
    return status == AP_OK ? systemic_make(m, &e->systemic) : status;
}

void exposure_free(struct exposure *e) {
    if (!e) return;
    programs_free(e->programs);
    systemic_free(e->systemic);
    free(e);
}

// What has no answer is no number, and so agrees with nothing.
static double lost_margin_value(const struct measured *x, const struct aim *at) {
    struct named_outage named;
    struct outage_loss loss;
    if (!x->exposure->programs || !outage_parse(x->m, at->name, &named)) return NO_VALUE;
    struct outage outage = { named.enterprises, named.count };
    return programs_ttr(x->exposure->programs, &outage, named.days, &loss) == AP_OK ? loss.margin_yuan : NO_VALUE;
}

static double survives_value(const struct measured *x, const struct aim *at) {
    struct named_outage named;
    double days;
    if (!x->exposure->programs || !outage_parse(x->m, at->name, &named)) return NO_VALUE;
    struct outage outage = { named.enterprises, named.count };
    return programs_tts(x->exposure->programs, &outage, &days) == AP_OK ? days : NO_VALUE;
}

static double systemic_risk_value(const struct measured *x, const struct aim *at) {
    struct named_outage named;
    if (!outage_parse(x->m, at->name, &named)) return NO_VALUE;
    return systemic_risk(x->exposure->systemic, named.enterprises, named.count);
}

struct measure_set exposure_measures(void) {
    static const struct measure measures[] = {
        { "lost_margin", outage_find, lost_margin_value, false },
        { "survives", outage_find, survives_value, false },
        { "systemic_risk", outage_find, systemic_risk_value, false },
    };
    return (struct measure_set){ measures, sizeof measures / sizeof *measures, false, true };
}
