// Spelling: what a wrong cell was probably meant to be. Each writes "write 1000" and the like and returns true, or
// returns false when there is nothing to suggest.
#ifndef READ_SPELLING_H
#define READ_SPELLING_H

#include <stdbool.h>

enum { SPELLING_BYTES = 120 };

bool number_spelling(const char *text, char out[SPELLING_BYTES]);   // 1,000  12%  ¥5  3万  １２
bool date_spelling(const char *text, char out[SPELLING_BYTES]);     // 2023.8.1  20230801  2023年8月1日  45139
bool yesno_spelling(const char *text, char out[SPELLING_BYTES]);    // TRUE  1  是
bool choice_spelling(const char *choices, const char *text, char out[SPELLING_BYTES]);

#endif
