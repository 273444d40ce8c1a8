// Quantities as people read them: scaled to thousands and millions, or to wan and yi in Chinese.
#ifndef WRITE_QUANTITY_H
#define WRITE_QUANTITY_H

#include "base/words.h"

enum language { LANGUAGE_EN, LANGUAGE_ZH };

enum { QUANTITY_ROOM = 64 };

// How a value of some unit is printed: divided, with so many decimals, and under this unit.
struct scale {
    double      divisor;
    int         decimals;
    const char *unit;           // "thousand", "bn yuan", "亿元"; "" where the name says it, or %
    const char *percent;        // " %", "%" in Chinese, NULL: no ratio
    bool        sign;           // growths show their +
};

// The scale for values of about this size. `unit` is that of an indicator: vehicle, yuan, share, ratio ...
struct scale scale_of(const char *unit, double size, enum language language);
// Digits in groups of three, at most QUANTITY_ROOM bytes; "-" for NO_VALUE (not a number).
void quantity_format(double value, struct scale s, char out[QUANTITY_ROOM]);
// With its unit: "2.32 million vehicles", "33.2 billion yuan", "231.8万辆".
void quantity_in_words(double value, const char *unit, enum language language, char out[QUANTITY_ROOM]);

// Columns of a terminal a text takes: CJK characters take two.
int text_columns(const char *text);
// The text, then spaces up to so many columns; to the right: spaces first.
void words_add_left(struct words *w, const char *text, int columns);
void words_add_right(struct words *w, const char *text, int columns);
// Paragraphs broken into lines of at most so many columns, at spaces and between wide characters.
void words_add_wrapped(struct words *w, const char *text, int columns);

#endif
