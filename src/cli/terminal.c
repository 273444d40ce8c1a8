#include "cli/terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum ap_status terminal_print(const char *text) {
    size_t count = strlen(text);
    bool written = fwrite(text, 1, count, stdout) == count && fflush(stdout) == 0;
    if (written) return AP_OK;
    terminal_trouble("standard output takes no more");
    return AP_REFUSED;
}

enum ap_status terminal_print_words(struct words *words) {
    enum ap_status status = words_status(words);
    if (status == AP_OK) status = terminal_print(words_text(words));
    else terminal_trouble("the machine refused memory");
    words_free(words);
    return status;
}

void terminal_trouble(const char *format, ...) {
    va_list values;
    fputs("autopolis: ", stderr);
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
}

void terminal_note(const char *text) {
    fputs(text, stderr);
    fflush(stderr);
}

static bool dumb(void) {
    const char *kind = getenv("TERM");
    return !kind || strcmp(kind, "dumb") == 0;
}

bool terminal_out_is_colored(void) {
    return isatty(STDOUT_FILENO) && !dumb() && !getenv("NO_COLOR");
}

bool terminal_notes_are_watched(void) {
    return isatty(STDERR_FILENO) && !dumb();
}

int exit_of(enum ap_status status) {
    switch (status) {
    case AP_OK: return 0;
    case AP_BAD_INPUT: return 1;
    case AP_BAD_USE: return 2;
    case AP_REFUSED:
    case AP_NO_MEMORY:
    case AP_LEDGER: return 3;
    case AP_INTERRUPTED: return 130;
    }
    return 3;
}
