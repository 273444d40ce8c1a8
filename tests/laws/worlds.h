// Random small worlds: the CSV text of a whole scenario, a pure function of the world's number. They vary everything
// the tables offer, so that a law tested on 200 of them is tested on the engine, not on an example.
#ifndef LAWS_WORLDS_H
#define LAWS_WORLDS_H

#include <stdbool.h>
#include <stdint.h>

enum row_order { ORDER_WRITTEN, ORDER_SHUFFLED };

// Writes the world into an existing empty folder; the rows of each file in the order written, or shuffled. The shock
// WHATIF is inactive until asked for; NOTHING has factor 1 on every basis that takes a factor. False: disk refused.
bool world_write(const char *folder, uint32_t number, enum row_order order);

// Removes the folder's files and the folder.
void world_remove(const char *folder);

#endif
