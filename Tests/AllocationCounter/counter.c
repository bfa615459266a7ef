#define _GNU_SOURCE
#include "AllocationCounter.h"

#include <errno.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TB_NOT_COUNTED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(TB_NOT_COUNTED)

// The executable's definitions win over the library's, for every library of the process.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// Of the executable itself, so that reading it never allocates.
static __thread long allocations __attribute__((tls_model("local-exec")));
static __thread long allocated __attribute__((tls_model("local-exec")));

static void note(size_t size) {
  allocations++;
  allocated += (long)size;
}

void *malloc(size_t size) {
  note(size);
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  note(count * size);
  return __libc_calloc(count, size);
}

void *realloc(void *pointer, size_t size) {
  note(size);
  return __libc_realloc(pointer, size);
}

void *memalign(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  *pointer = memalign(alignment, size);
  return *pointer ? 0 : ENOMEM;
}

int tb_allocations_are_counted(void) { return 1; }
long tb_allocations(void) { return allocations; }
long tb_allocated_bytes(void) { return allocated; }

#else

int tb_allocations_are_counted(void) { return 0; }
long tb_allocations(void) { return 0; }
long tb_allocated_bytes(void) { return 0; }

#endif
