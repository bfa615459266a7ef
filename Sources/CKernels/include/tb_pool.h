#ifndef TB_POOL_H
#define TB_POOL_H

#include <stddef.h>

/// Threads that share one call's tasks. A pool is the caller's: made, handed along and freed; NULL is "this thread alone".
///
/// Tasks are handed out by a ticket, and what is waited for is the tasks, never the workers: a worker that the system has
/// put aside costs nothing. A worker that finds nothing to do looks out for work for some 30 microseconds and then sleeps,
/// so an idle pool takes no processor time.
typedef struct tb_pool tb_pool;

/// What one task does. `worker` < threads tells tasks apart that run at one time, for scratch memory of their own.
typedef void tb_task(void *context, size_t task, size_t worker);

/// A pool of `threads` threads, the caller's included; NULL where `threads` < 2 or the system gives no thread, which is no
/// error: everything then runs on the caller's thread.
tb_pool *tb_pool_make(size_t threads);

/// Ends the threads. No tb_pool_run may be under way. NULL is allowed.
void tb_pool_free(tb_pool *pool);

/// Threads that tb_pool_run uses, the caller's included: at least 1.
size_t tb_pool_threads(const tb_pool *pool);

/// Runs task(context, 0 ..< count, worker), each once, and returns when all are done. One caller at a time.
///
/// For the length of the call denormal numbers count as zero and are made zero, in every thread that takes part; the
/// caller's own setting is back when it returns. Which thread runs which task is open, so tasks must not depend on it.
void tb_pool_run(tb_pool *pool, size_t count, tb_task *task, void *context);

#endif
