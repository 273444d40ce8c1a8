#include "write/results.h"

#include <string.h>

#include "write/database.h"

static enum ap_status files_write(const struct study *s, const struct manifest_facts *facts,
                                  struct publication *p) {
    char path[PATH_ROOM], trouble[200] = "";
    if ((size_t)snprintf(path, sizeof path, "%s/results.sqlite", p->partial) >= sizeof path) return AP_REFUSED;
    enum ap_status status = database_write(s, path, trouble);
    if (status != AP_OK) {
        snprintf(p->trouble, sizeof p->trouble, "results.sqlite: %s", trouble);
        return status;
    }
    struct words words = {0};
    status = manifest_to_json(s, facts, &words);
    if (status == AP_OK) status = publish_text(p, "manifest.json", words_text(&words), words.count);
    words_free(&words);
    return status;
}

enum ap_status results_write(const struct study *s, const struct manifest_facts *facts, const char *folder,
                             char trouble[TROUBLE_ROOM]) {
    struct publication p;
    enum ap_status status = publish_folder_begin(folder, &p);
    if (status == AP_OK) status = files_write(s, facts, &p);
    if (status == AP_OK) status = publish_folder_end(&p);
    publish_folder_abandon(&p);
    memcpy(trouble, p.trouble, TROUBLE_ROOM);
    return status;
}
