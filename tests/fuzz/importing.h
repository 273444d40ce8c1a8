// What the targets of the importers share. An input is a text: lines `--NAME VALUE` as the program's options, then `@`
// on a line of its own, then the document. A line `--districts` takes the small table of districts.
#ifndef TESTS_FUZZ_IMPORTING_H
#define TESTS_FUZZ_IMPORTING_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "read/import.h"

typedef enum ap_status import_reader(FILE *stream, const char *name, const struct import_options *o,
                                     struct complaints *c, struct import *out);

// Reads the document. Properties: AP_OK goes without a complaint unless rows were to be skipped, AP_BAD_INPUT with one;
// complaints are UTF-8; what was read can be written, and is a scenario that is read and built without a complaint.
void import_hold(import_reader *reader, const uint8_t *bytes, size_t count);

#endif
