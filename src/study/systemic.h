// The economic systemic risk index (Diem et al. 2022; M-31): what share of all sales between enterprises is lost when
// some fail, as the shock runs down to customers and up to suppliers. It knows no stocks, no capacities and no time.
#ifndef STUDY_SYSTEMIC_H
#define STUDY_SYSTEMIC_H

#include "model/model.h"

enum flow_kind { FLOW_ESSENTIAL, FLOW_NON_ESSENTIAL, FLOW_IRRELEVANT };

// What one enterprise sells to another of one input.
struct flow {
    uint32_t supplier, buyer;     // enterprises
    uint32_t input;               // inputs of one number replace each other
    enum flow_kind kind;
    double   yuan;                // a year
};

struct systemic;

// From flows.csv where the scenario has it; else yuan a year over approved links, from what the bulletin's year wants:
// parts that every vehicle of a platform needs are essential, those of options are not. A supplier can be replaced
// within its sector: with flows.csv its family in enterprises.csv, else the product it sells most of.
MUST_CHECK enum ap_status systemic_make(const struct model *m, struct systemic **out);
void systemic_free(struct systemic *s);
// Share of all sales that is lost when these enterprises fail together, 0 to 1; 0 where nobody sells anything.
double systemic_risk(struct systemic *s, const uint32_t *enterprises, uint32_t count);
// In the order of buyers, then suppliers, then inputs.
const struct flow *systemic_flows(const struct systemic *s, uint32_t *count);

#endif
