// A CSV file being written: rows are kept until the end, so that their order can be shuffled.
#ifndef LAWS_SHEET_H
#define LAWS_SHEET_H

#include "laws/dice.h"

enum { SHEET_ROWS = 400, SHEET_TEXT = 160 };

struct sheet {
    const char *name, *header;
    int  count;
    char rows[SHEET_ROWS][SHEET_TEXT];
};

// Adds a row; ",test world,synthetic" (source, confidence) is appended.
void sheet_row(struct sheet *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Writes folder/name.csv when there is a row; shuffled when shuffle is not NULL.
bool sheet_write(const struct sheet *s, const char *folder, struct dice *shuffle);

#endif
