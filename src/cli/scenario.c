#include "cli/scenario.h"

#include <string.h>

#include "cli/terminal.h"
#include "read/complaints_text.h"

enum ap_status scenario_open(const struct options *o, struct scenario *out) {
    memset(out, 0, sizeof *out);
    out->complaints.arena = &out->arena;
    struct read_options reading = options_for_reading(o);
    return scenario_read(o->place, &reading, &out->complaints, &out->tables, &out->inputs);
}

void scenario_close(struct scenario *s) {
    tables_free(&s->tables);
    arena_free(&s->arena);
}

int scenario_trouble(const struct scenario *s, enum ap_status status) {
    struct words words = {0};
    if (s->complaints.count) {
        complaints_write(&words, &s->complaints);
        if (words_status(&words) == AP_OK) terminal_note(words_text(&words));
        else terminal_trouble("the machine refused memory");
    } else if (status == AP_NO_MEMORY) {
        terminal_trouble("the machine refused memory");
    } else if (status == AP_INTERRUPTED) {
        terminal_trouble("interrupted, nothing was written");
    } else {
        terminal_trouble("the scenario could not be read");
    }
    words_free(&words);
    return exit_of(status);
}
