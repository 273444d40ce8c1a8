#include "laws/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void sheet_row(struct sheet *s, const char *format, ...) {
    if (s->count == SHEET_ROWS) abort();
    va_list words;
    va_start(words, format);
    int length = vsnprintf(s->rows[s->count], SHEET_TEXT, format, words);
    va_end(words);
    if (length < 0 || length >= SHEET_TEXT) abort();
    s->count++;
}

bool sheet_write(const struct sheet *s, const char *folder, struct dice *shuffle) {
    if (s->count == 0) return true;
    char path[400];
    snprintf(path, sizeof path, "%s/%s.csv", folder, s->name);
    FILE *file = fopen(path, "w");
    if (!file) return false;
    fprintf(file, "%s,source,confidence\n", s->header);
    int order[SHEET_ROWS];
    for (int i = 0; i < s->count; i++) order[i] = i;
    for (int i = s->count - 1; shuffle && i > 0; i--) {
        int j = dice_roll(shuffle, 0, i), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    for (int i = 0; i < s->count; i++) fprintf(file, "%s,test world,synthetic\n", s->rows[order[i]]);
    return fclose(file) == 0;
}
