// Complaints as text for people and as JSON for programs.
#ifndef READ_COMPLAINTS_TEXT_H
#define READ_COMPLAINTS_TEXT_H

#include "base/base.h"

// file:line:column: error: message [RULE], the line with a caret, the suggestion; at the end how many there are.
// Nothing when there are none.
void complaints_write(struct words *w, const struct complaints *c);
// {"count":2,"complaints":[{"file","line","column","rule","message","suggestion","text"}]}; null where there is none.
void complaints_write_json(struct words *w, const struct complaints *c);

#endif
