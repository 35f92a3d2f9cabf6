/* The kernels of scenarios/kernels in C. Built without contraction to fused multiply-add: answers agree to the bit. */
#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>

typedef struct {
  /* Work on a piece of a list (or on a whole one), `length` numbers from `in`; `out` is where its answer goes. */
  void (*piece)(const double *in, double *out, size_t length, double argument);
  /* Steps, or nanoseconds to wait. */
  double argument;
  /* The answer of a list is one number. */
  int one_per_list;
  /* All lists may be taken as one and cut anywhere. */
  int any_piece;
} Kernel;

/* Reads id and options from the hello. Returns 0 where there is no such kernel. */
int kernel_of(const char *hello, Kernel *kernel);

#endif
