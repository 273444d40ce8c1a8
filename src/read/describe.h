// Describe: the tables and settings that a region consists of, from the schema itself.
#ifndef READ_DESCRIBE_H
#define READ_DESCRIBE_H

#include "base/base.h"

// docs/tables.md: every table, the common columns, the settings.
void describe_markdown(struct words *w);
// A Frictionless tabular data package without data: datapackage.json.
void describe_datapackage(struct words *w);
// The settings as a Markdown table.
void describe_settings(struct words *w);

#endif
