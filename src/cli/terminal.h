// The terminal: the only place that prints. Results go to standard output, everything else to standard error.
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/words.h"

// Prints the words and lets go of them; says so when memory was refused while they were put together.
MUST_CHECK enum ap_status terminal_print_words(struct words *words);
// Prints a result; AP_REFUSED when standard output takes no more (a full disk, a closed pipe).
MUST_CHECK enum ap_status terminal_print(const char *text);
// Prints "autopolis: " and a line to standard error.
void terminal_trouble(const char *format, ...) __attribute__((format(printf, 1, 2)));
// Prints text to standard error as it is.
void terminal_note(const char *text);
// Whether people look at it, and with colours.
bool terminal_out_is_colored(void);
bool terminal_notes_are_watched(void);

// The exit status of the program for a status of the library.
int exit_of(enum ap_status status);

#endif
