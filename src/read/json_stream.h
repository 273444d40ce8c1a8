// Large JSON documents element by element: an array, or an object whose member `data` is one (OCPI's envelope). Only
// the element at hand is in memory. Every place in it can be told by line and column.
#ifndef READ_JSON_STREAM_H
#define READ_JSON_STREAM_H

#include <jansson.h>
#include <stdio.h>

#include "base/base.h"

enum {
    JSON_DEPTH_MOST = 64,                      // no OCPI object nests a tenth of it; a parser's stack is finite
    ELEMENT_BYTES_MOST = 2 * 1024 * 1024,      // a site of 1,500 connectors has about that
    STREAM_BYTES = 64 * 1024,
    STATUS_TEXT_BYTES = 200,
};

enum json_next { JSON_ELEMENT, JSON_END, JSON_FAULT };
enum json_where { BEFORE_DOCUMENT, IN_ENVELOPE, IN_ELEMENTS, BEHIND_DOCUMENT };

struct json_stream {
    FILE       *stream;
    const char *name;
    struct complaints *complaints;
    unsigned char bytes[STREAM_BYTES];         // what was read and not yet looked at: at to count
    size_t      at, count;
    bool        over, first;
    enum ap_status status;                     // not AP_OK: memory or the stream was refused
    uint32_t    line, column;                  // of the byte at hand
    enum json_where where;
    bool        envelope, has_data;
    double      status_code;                   // of the envelope, 0: none
    char        status_text[STATUS_TEXT_BYTES];
    char       *text;                          // the element, NUL-terminated
    size_t      text_count, text_room;
    uint32_t    text_line, text_column;        // where it starts
    uint32_t    elements;                      // handed out so far
    json_t     *root;                          // the element as an object, good until the next one
};

void json_stream_begin(struct json_stream *s, FILE *stream, const char *name, struct complaints *c);
// The next element, parsed, in s->root. JSON_FAULT after a complaint, or when s->status says that the machine refused.
enum json_next json_element_next(struct json_stream *s);
void json_stream_end(struct json_stream *s);

// A value of the element at hand: its path, such as evses[0].status ("": the element itself), and the value as text.
struct json_place {
    const char *path, *value;
};
// Complains at the place, or where it would have to stand: data[7].evses[0].status: sentence: "value".
void json_complain(const struct json_stream *s, struct json_place place, const char *rule, const char *suggestion,
                   const char *sentence);

#endif
