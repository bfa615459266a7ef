#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/// Counts how often memory is asked for, on the thread that asks for the count.
///
/// In a program that links this, glibc's allocation functions are reached through counting ones. Under AddressSanitizer, which brings
/// its own, and with other C libraries nothing is counted.

/// 1 where allocations are counted.
int tb_allocations_are_counted(void);

/// Allocations of the calling thread since it began.
long tb_allocations(void);

/// How many bytes they asked for.
long tb_allocated_bytes(void);

#endif
