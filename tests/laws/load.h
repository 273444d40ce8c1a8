// Worlds and folders through the real reader, for the laws.
#ifndef LAWS_LOAD_H
#define LAWS_LOAD_H

#include "laws/worlds.h"
#include "model/model.h"
#include "read/read.h"

struct loaded {
    struct tables     tables;
    struct model      model;
    struct inputs     inputs;
    struct complaints complaints;
    struct arena      words;
};

// Reads a folder with one more shock active (NULL: none) and builds its model; prints the complaints when it fails.
bool loaded_read(const char *folder, const char *shock, struct loaded *out);
// The same; a shock whose target the drawn network does not use is refused: then the world's shock FALLBACK.
bool loaded_read_shocked(const char *folder, const char *shock, struct loaded *out);
void loaded_free(struct loaded *l);

// A new folder under the system's temporary folder with the world in it.
bool world_folder(uint32_t number, enum row_order order, char folder[64]);

#endif
