// The key `charging` of `run --json`: by class and district, by hour of the week, how requests ended, what a replay
// gave, what is assumed.
#ifndef WRITE_CHARGING_JSON_H
#define WRITE_CHARGING_JSON_H

#include "study/study.h"
#include "write/json_text.h"

json_t *charging_object(struct json_made *made, const struct study *s);
// Whole values as integers, none as null.
json_t *json_number(double value);
// Mean and both intervals.
json_t *interval_json(struct json_made *made, const struct interval *x);
// NULL as null.
json_t *json_words(const char *value);

#endif
