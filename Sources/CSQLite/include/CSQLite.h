#ifndef HARRIER_CSQLITE_H
#define HARRIER_CSQLITE_H
#include <stdbool.h>

/// Lets SQLite no longer count the bytes that it has allocated: the counter is one lock for all
/// connections of the process, taken at every allocation.
///
/// Called before the first database is opened; false, and nothing changes, after that.
bool csqlite_stop_counting_memory(void);

#endif
