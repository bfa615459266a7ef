/* clock_gettime */
#define _POSIX_C_SOURCE 200809L

#include "tb_pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "denormals.h"

/* One word says which run it is and which task comes next, so that a worker who comes late can never take a task of
 * another run: run number in the upper half, next task in the lower. */
#define RUN_SHIFT 32
#define INDEX_MASK 0xffffffffull

/* How long a worker looks out for work before it sleeps, and the caller for the last task before it does. */
#define LOOK_OUT_NANOSECONDS 30000

struct tb_pool {
  _Alignas(128) _Atomic uint64_t ticket;
  _Alignas(128) _Atomic uint64_t count; /* tasks of the run, with its number above, so that both are read at once */
  _Alignas(128) _Atomic size_t left;    /* tasks not done yet */
  tb_task *_Atomic task;
  void *_Atomic context;
  _Atomic int ends;
  _Atomic size_t sleepers;
  _Atomic int caller_sleeps;
  size_t threads;
  pthread_t *workers;
  pthread_mutex_t lock;
  pthread_cond_t wake, done;
};

typedef struct worker_start {
  tb_pool *pool;
  size_t worker;
} worker_start;

static inline void pause_a_moment(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* Takes tasks of the current run until none is left to take. */
static void work(tb_pool *pool, size_t worker) {
  for (;;) {
    uint64_t ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
    uint64_t count = atomic_load_explicit(&pool->count, memory_order_acquire);
    if (ticket >> RUN_SHIFT != count >> RUN_SHIFT || (ticket & INDEX_MASK) >= (count & INDEX_MASK)) return;
    /* Read before the ticket is taken: while this run has an untaken task, nobody can begin another. */
    tb_task *task = atomic_load_explicit(&pool->task, memory_order_relaxed);
    void *context = atomic_load_explicit(&pool->context, memory_order_relaxed);
    if (!atomic_compare_exchange_strong(&pool->ticket, &ticket, ticket + 1)) continue;
    task(context, ticket & INDEX_MASK, worker);
    if (atomic_fetch_sub(&pool->left, 1) == 1 && atomic_load(&pool->caller_sleeps)) {
      pthread_mutex_lock(&pool->lock);
      pthread_cond_signal(&pool->done);
      pthread_mutex_unlock(&pool->lock);
    }
  }
}

static int has_work(tb_pool *pool) {
  uint64_t ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  uint64_t count = atomic_load_explicit(&pool->count, memory_order_acquire);
  return ticket >> RUN_SHIFT == count >> RUN_SHIFT && (ticket & INDEX_MASK) < (count & INDEX_MASK);
}

static void *worker_main(void *argument) {
  worker_start start = *(worker_start *)argument;
  free(argument);
  tb_pool *pool = start.pool;
  tb_flush_denormals();
  while (!atomic_load(&pool->ends)) {
    work(pool, start.worker);
    uint64_t until = now() + LOOK_OUT_NANOSECONDS;
    int found = 0;
    while (!(found = has_work(pool) || atomic_load(&pool->ends)) && now() < until)
      for (int i = 0; i < 16; i++) pause_a_moment();
    if (found) continue;
    pthread_mutex_lock(&pool->lock);
    /* The caller publishes a run and then looks for sleepers; a sleeper says that it sleeps and then looks for a run:
     * one of the two sees the other. */
    atomic_fetch_add(&pool->sleepers, 1);
    while (!has_work(pool) && !atomic_load(&pool->ends)) pthread_cond_wait(&pool->wake, &pool->lock);
    atomic_fetch_sub(&pool->sleepers, 1);
    pthread_mutex_unlock(&pool->lock);
  }
  return NULL;
}

tb_pool *tb_pool_make(size_t threads) {
  if (threads < 2) return NULL;
  tb_pool *pool = aligned_alloc(128, (sizeof *pool + 127) / 128 * 128);
  if (!pool) return NULL;
  *pool = (tb_pool){.threads = 1};
  pool->workers = malloc(sizeof *pool->workers * (threads - 1));
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->wake, NULL);
  pthread_cond_init(&pool->done, NULL);
  for (size_t worker = 1; pool->workers && worker < threads; worker++) {
    worker_start *start = malloc(sizeof *start);
    if (!start) break;
    *start = (worker_start){pool, worker};
    if (pthread_create(&pool->workers[worker - 1], NULL, worker_main, start) != 0) {
      free(start);
      break;
    }
    pool->threads++;
  }
  if (pool->threads > 1) return pool;
  tb_pool_free(pool);
  return NULL;
}

void tb_pool_free(tb_pool *pool) {
  if (!pool) return;
  pthread_mutex_lock(&pool->lock);
  atomic_store(&pool->ends, 1);
  pthread_cond_broadcast(&pool->wake);
  pthread_mutex_unlock(&pool->lock);
  for (size_t worker = 1; worker < pool->threads; worker++) pthread_join(pool->workers[worker - 1], NULL);
  pthread_cond_destroy(&pool->done);
  pthread_cond_destroy(&pool->wake);
  pthread_mutex_destroy(&pool->lock);
  free(pool->workers);
  free(pool);
}

size_t tb_pool_threads(const tb_pool *pool) { return pool ? pool->threads : 1; }

static void wait_for_tasks(tb_pool *pool) {
  uint64_t until = now() + LOOK_OUT_NANOSECONDS;
  while (atomic_load(&pool->left) && now() < until)
    for (int i = 0; i < 16; i++) pause_a_moment();
  if (!atomic_load(&pool->left)) return;
  pthread_mutex_lock(&pool->lock);
  atomic_store(&pool->caller_sleeps, 1);
  while (atomic_load(&pool->left)) pthread_cond_wait(&pool->done, &pool->lock);
  atomic_store(&pool->caller_sleeps, 0);
  pthread_mutex_unlock(&pool->lock);
}

void tb_pool_run(tb_pool *pool, size_t count, tb_task *task, void *context) {
  if (count == 0) return;
  assert(count < INDEX_MASK);
  tb_denormals before = tb_flush_denormals();
  if (!pool || count == 1) {
    for (size_t i = 0; i < count; i++) task(context, i, 0);
  } else {
    uint64_t run = (atomic_load_explicit(&pool->count, memory_order_relaxed) >> RUN_SHIFT) + 1;
    atomic_store_explicit(&pool->task, task, memory_order_relaxed);
    atomic_store_explicit(&pool->context, context, memory_order_relaxed);
    atomic_store(&pool->left, count);
    atomic_store(&pool->count, run << RUN_SHIFT | count);
    atomic_store(&pool->ticket, run << RUN_SHIFT);
    if (atomic_load(&pool->sleepers)) {
      pthread_mutex_lock(&pool->lock);
      pthread_cond_broadcast(&pool->wake);
      pthread_mutex_unlock(&pool->lock);
    }
    work(pool, 0);
    wait_for_tasks(pool);
  }
  tb_restore_denormals(before);
}
