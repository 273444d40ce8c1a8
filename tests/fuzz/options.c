// The command line of each command: words, one a line, the first byte chooses the command. Properties: it is refused or
// accepted, never half; what is refused is refused with words; numbers lie in their ranges.
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"

enum { WORDS_MOST = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    static const enum command_bit commands[] = {FOR_RUN, FOR_CHECK, FOR_AUDIT, FOR_DESCRIBE, FOR_NEW, FOR_COMPARE,
                                                 FOR_HINDCAST, FOR_SURGE};
    if (count == 0) return 0;
    char *text = malloc(count), *argv[WORDS_MOST + 1] = {0};
    ASSERT(text != NULL);
    memcpy(text, bytes + 1, count - 1);
    text[count - 1] = '\0';
    int argc = 0;
    argv[argc++] = (char[]){"command"};
    for (char *at = text; at && argc < WORDS_MOST;) {
        char *end = strchr(at, '\n');
        if (end) *end = '\0';
        argv[argc++] = at;
        at = end ? end + 1 : NULL;
    }
    enum command_bit command = commands[bytes[0] % (sizeof commands / sizeof commands[0])];
    struct options o;
    enum ap_status status = options_parse(argc, argv, command, &o);
    ASSERT(status == AP_OK || status == AP_BAD_USE);
    if (status == AP_OK) {
        ASSERT(o.threads >= 1 && o.threads <= 1024);
        ASSERT(o.place || command == FOR_DESCRIBE);
        ASSERT(o.half_width >= 0 && o.half_width < 1);
        ASSERT(o.times > 0 && o.times <= 100);
        ASSERT(o.replications_most >= 2 && o.days >= 1);
        for (uint32_t i = 0; i < o.change_count; i++) ASSERT(o.changes[i].name && o.changes[i].value);
        for (uint32_t i = 0; i < o.override_count; i++) ASSERT(o.overrides[i].name && o.overrides[i].value);
        for (uint32_t i = 0; i < o.shock_count; i++) ASSERT(o.shocks[i] && *o.shocks[i]);
    }
    options_free(&o);
    free(text);
    return 0;
}
