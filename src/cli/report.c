// autopolis report: one page of several results, on standard output.
#include <string.h>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "write/page.h"

static enum ap_status report_usage(int count, char **folders) {
    for (int i = 0; i < count; i++) {
        if (strncmp(folders[i], "--", 2) != 0) continue;
        terminal_trouble("unknown option \"%s\": autopolis report RESULT [RESULT...] > FILE.html", folders[i]);
        return AP_BAD_USE;
    }
    if (count >= 1 && count <= PAGE_JOINED_MOST) return AP_OK;
    terminal_trouble(count ? "at most %d results go into one page" : "the result is missing: autopolis report RESULT "
                     "[RESULT...] > FILE.html", PAGE_JOINED_MOST);
    return AP_BAD_USE;
}

int command_report(int argc, char **argv) {
    struct words page = {0};
    char trouble[200] = "";
    enum ap_status status = report_usage(argc - 1, argv + 1);
    if (status != AP_OK) return exit_of(status);
    status = page_joined((const char *const *)(argv + 1), argc - 1, &page, trouble);
    if (status == AP_OK) return exit_of(terminal_print_words(&page));
    words_free(&page);
    terminal_trouble("%s", trouble[0] ? trouble : "the machine refused memory");
    return exit_of(status);
}
