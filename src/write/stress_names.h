// How the lines of a stress test are called, and counts over its what-ifs that a text and a JSON object share.
#ifndef WRITE_STRESS_NAMES_H
#define WRITE_STRESS_NAMES_H

#include "study/stress_ranks.h"

// Its name; of a role or a common cause its id.
const char *stress_subject_label(const struct stress_ranks *r, uint32_t subject);
// The same of one row: an invented enterprise by its role in the first run.
void stress_case_label(const struct stress *s, uint32_t which, char *out, size_t room);
// "for its own time (21 days)", "14 days", "as it was".
void stress_out_say(const struct stress_ranks *r, const struct stress_line *line, char out[40]);
void stress_mode_say(const struct stress *s, uint32_t mode, char out[24]);   // "its own time", "14 days"
void stress_mode_short(const struct stress *s, uint32_t mode, char out[24]); // "ttr", "14 d"
const struct stress_line *stress_line_find(const struct stress_ranks *r, uint32_t subject, uint32_t mode);

// The what-if of the first run that a line stands for: a role's is that of its first member.
uint32_t stress_line_case(const struct stress_ranks *r, const struct stress_line *line);
// Whether it held back any output, export or buyer.
bool stress_line_effect(const struct stress_line *line);

// What-ifs of the first run whose plant is used between these bounds.
struct stress_settled {
    double outages, open, days; // open: not settled within the horizon; days: sum over the others
};
struct stress_settled stress_settled_of(const struct stress *s, uint32_t mode, double use_from, double use_until);

#endif
