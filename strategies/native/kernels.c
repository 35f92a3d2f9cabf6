#include "kernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "message.h"

static void square_minus_13(const double *restrict in, double *restrict out, size_t length, double unused) {
  (void)unused;
  for (size_t i = 0; i < length; i++) out[i] = in[i] * in[i] - 13;
}

static void copy(const double *restrict in, double *restrict out, size_t length, double unused) {
  (void)unused;
  memcpy(out, in, length * sizeof(double));
}

static void scale(const double *restrict in, double *restrict out, size_t length, double factor) {
  for (size_t i = 0; i < length; i++) out[i] = in[i] * factor;
}

/* Eight partial sums, in the order of sum.ts: one alone waits for each addition to end. */
static void sum(const double *restrict in, double *restrict out, size_t length, double unused) {
  (void)unused;
  double rest = 0;
  size_t i = 0;
  for (; i < length % 8; i++) rest += in[i];
  double part[8] = {0};
  for (; i < length; i += 8)
    for (int lane = 0; lane < 8; lane++) part[lane] += in[i + lane];
  *out = part[0] + part[2] + (part[4] + part[6]) + (part[1] + part[3] + (part[5] + part[7])) + rest;
}

/* Blocks that stay in the nearest cache: a root takes long, but many lie side by side. */
static void sqrt_chain(const double *restrict in, double *restrict out, size_t length, double steps) {
  const size_t block = 64;
  for (size_t from = 0; from < length; from += block) {
    size_t to = from + block < length ? from + block : length;
    for (size_t i = from; i < to; i++) out[i] = in[i];
    for (int step = 0; step < (int)steps; step++)
      for (size_t i = from; i < to; i++) out[i] = sqrt(out[i] * out[i] + 1);
  }
}

/* What JavaScript makes of `x | 0`. */
static uint32_t to_int32(double x) {
  return isfinite(x) ? (uint32_t)(int64_t)fmod(trunc(x), 4294967296.0) : 0;
}

/* Marsaglia's xorshift32, as many steps as burn.ts takes; each needs the one before. */
static void burn(const double *restrict in, double *restrict out, size_t length, double steps) {
  uint32_t state = (length > 0 ? to_int32(in[0]) : 0) ^ 0x9e3779b9u;
  if (state == 0) state = 1;
  for (int64_t step = 0; step < (int64_t)steps; step++) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
  }
  for (size_t i = 0; i < length; i++) out[i] = in[i] + (state & 1);
}

static void wait_for(const double *restrict in, double *restrict out, size_t length, double ns) {
  struct timespec left = {(time_t)(ns / 1e9), (long)fmod(ns, 1e9)};
  while (nanosleep(&left, &left) != 0) continue;
  memcpy(out, in, length * sizeof(double));
}

int kernel_of(const char *hello, Kernel *kernel) {
  char id[64];
  text_of(hello, "kernel", id, sizeof id);
  char operation[8];
  text_of(hello, "operation", operation, sizeof operation);
  double cost = number_of(hello, "cost", 0), rate = number_of(hello, "rate", 0);
  double count = floor(cost * rate + 0.5);
  const struct { const char *id; Kernel kernel; } known[] = {
      {"square-minus-13", {square_minus_13, 0, 0, 1}},
      {"sum", {sum, 0, 1, 0}},
      {"sqrt-chain", {sqrt_chain, number_of(hello, "steps", 1), 0, 1}},
      {"burn", {burn, count < 1 ? 1 : count, 0, 0}},
      {"stream", {strcmp(operation, "copy") == 0 ? copy : scale, 3, 0, 1}},
      {"wait", {wait_for, 1e6 * number_of(hello, "ms", 0), 0, 0}},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(known[i].id, id) != 0) continue;
    *kernel = known[i].kernel;
    return 1;
  }
  return 0;
}
