// report.html: the built page (web/) with a result's data in it, one file that needs nothing else. The data is
// results.sqlite as the queries of page_queries.c select it: {"page": 1, "tables": {name: {"columns", "rows"}}}.
#ifndef WRITE_PAGE_H
#define WRITE_PAGE_H

#include "base/words.h"

// folder: of a result, finished or about to be published. A query whose tables the result does not have is left out.
MUST_CHECK enum ap_status page_data(const char *folder, struct words *out, char trouble[200]);
// The same inside the page. Says no time of day: the same result gives the same bytes.
MUST_CHECK enum ap_status page_html(const char *folder, struct words *out, char trouble[200]);
// One page of several results of a scenario: what the first lacks is taken from the next that has it. AP_BAD_USE: they
// are of different scenarios.
enum { PAGE_JOINED_MOST = 8 };
MUST_CHECK enum ap_status page_joined(const char *const *folders, int count, struct words *out, char trouble[200]);
// The page without data, as the server sends it; NUL-terminated.
const char *page_shell(size_t *count);

// --- page_queries.c
struct page_query {
    const char *name, *sql;
};
extern const struct page_query page_queries[];
extern const int page_query_count;

#endif
