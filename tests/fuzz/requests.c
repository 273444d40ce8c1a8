// Bodies of requests to the server: the first byte chooses the reader. Properties: taken or refused with words; what is
// taken becomes options only, each --name=value without control characters, and names no file; a changed overlay holds
// the row once and keeps the others.
#include "serve/request.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "serve/names.h"
#include "serve/overlay_table.h"

static void request_check(const struct request *r, enum ap_status status) {
    ASSERT(status == AP_OK || status == AP_BAD_INPUT);
    ASSERT(status == AP_OK || r->trouble[0]);
    if (status != AP_OK) return;
    for (uint32_t i = 0; i < r->count; i++) {
        const char *equals = strchr(r->arguments[i], '=');
        ASSERT(strncmp(r->arguments[i], "--", 2) == 0 && (equals || strlen(r->arguments[i]) < 20));
        for (const char *at = r->arguments[i]; *at; at++) ASSERT((unsigned char)*at >= ' ');
        bool shock = strncmp(r->arguments[i], "--shock=", 8) == 0;
        ASSERT(!shock || (!strchr(r->arguments[i], '/') && !strstr(r->arguments[i], ".csv\0")));
    }
    ASSERT(!r->scenario || name_safe(r->scenario));
    ASSERT(!r->other || name_safe(r->other));
}

static uint32_t lines_of(const struct words *w) {
    uint32_t count = 0;
    for (const char *at = words_text(w); *at; at++) count += *at == '\n';
    return count;
}

// Any file as it was, and a row that is set twice: the second time nothing changes any more.
static void overlay_check(const char *before) {
    char trouble[200] = "";
    json_t *cells = json_pack("{s:s, s:s, s:f}", "enterprise", "A, \"B\"", "product", "C\nD", "headroom", 1.5);
    struct words once = {0}, twice = {0};
    ASSERT(cells != NULL);
    enum ap_status status = overlay_table_change(before, "makers", cells, &once, trouble);
    ASSERT(status == AP_OK || (status == AP_BAD_INPUT && trouble[0]));
    if (status == AP_OK) {
        ASSERT(overlay_table_change(words_text(&once), "makers", cells, &twice, trouble) == AP_OK);
        ASSERT(once.count == twice.count && lines_of(&once) == lines_of(&twice));
        ASSERT(strcmp(words_text(&once), words_text(&twice)) == 0);
    }
    json_decref(cells);
    words_free(&once);
    words_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct request r;
    if (count == 0) return 0;
    char *text = malloc(count);
    ASSERT(text != NULL);
    memcpy(text, bytes + 1, count - 1);
    text[count - 1] = '\0';
    if (bytes[0] % 4 == 3) {
        overlay_check(text);
    } else {
        bool whole = bytes[0] % 4 != 1;
        enum ap_status status = whole ? request_read(text, count - 1, &r) : request_read_options(text, count - 1, &r);
        request_check(&r, status);
        request_free(&r);
    }
    free(text);
    return 0;
}
