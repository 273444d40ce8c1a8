// How far replications until a half-width went.
#ifndef WRITE_PRECISION_TEXT_H
#define WRITE_PRECISION_TEXT_H

#include "study/study.h"
#include "write/json_text.h"

// As a sentence; nothing when their number was fixed. widest: name of the widest figure.
void precision_write(const struct precision *p, uint32_t runs, const char *widest, struct words *out);
void precision_write_chinese(const struct precision *p, uint32_t runs, const char *widest, struct words *out);
json_t *precision_json(struct json_made *made, const struct precision *p, const char *widest);

#endif
