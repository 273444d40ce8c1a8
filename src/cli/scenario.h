// A scenario as commands need it: read, complained about, built.
#ifndef CLI_SCENARIO_H
#define CLI_SCENARIO_H

#include "cli/options.h"

struct scenario {
    struct arena      arena;           // of the complaints
    struct complaints complaints;
    struct tables     tables;
    struct inputs     inputs;
};

// Reads the scenario of the options; complaints are kept, not printed.
MUST_CHECK enum ap_status scenario_open(const struct options *o, struct scenario *out);
void scenario_close(struct scenario *s);
// Prints what is wrong, or why the machine refused, to standard error; the exit status.
int scenario_trouble(const struct scenario *s, enum ap_status status);

#endif
