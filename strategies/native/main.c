/* The program's side of the protocol (strategies/README.md): a line of JSON in, a line of JSON out. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernels.h"
#include "message.h"
#include "numbers.h"
#include "team.h"

/* Answers that the driver may want to see side by side. */
enum { answers_kept = 4, longest_line = 1 << 16 };

static Kernel kernel;
static int members;
static Numbers input, outputs, answers[answers_kept];

static int64_t ns_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static Numbers *answer_of(const char *line) {
  return &answers[(size_t)number_of(line, "answer", 0) % answers_kept];
}

/* Fresh memory for each answer: its first use is paid for here as everywhere. */
static void run(Numbers *answer) {
  free_numbers(answer);
  make_answers(answer, &input, kernel.one_per_list);
  go_over(&kernel, &input, answer);
}

static void collect(Numbers *answer) {
  free_numbers(answer);
  make_answers(answer, &outputs, 0);
  memcpy(answer->values, outputs.values, count_of(&outputs) * sizeof(double));
}

static int is(const char *word, const char *other) { return strcmp(word, other) == 0; }

/* What is timed. Returns 0 for a message that is not. */
static int timed(const char *line, const char *what) {
  int passes = (int)number_of(line, "passes", 1);
  if (is(what, "load")) {
    char path[4096];
    text_of(line, "file", path, sizeof path);
    read_numbers(&input, path, (size_t)number_of(line, "lists", 0), (size_t)number_of(line, "numbers", 0));
  } else if (is(what, "open")) {
    open_team(members);
  } else if (is(what, "run")) {
    for (int pass = 0; pass < passes; pass++) run(answer_of(line));
  } else if (is(what, "place")) {
    free_numbers(&outputs);
    make_answers(&outputs, &input, kernel.one_per_list);
    /* Touched here, so that compute writes into memory that is there. */
    memset(outputs.values, 0, count_of(&outputs) * sizeof(double));
  } else if (is(what, "compute")) {
    for (int pass = 0; pass < passes; pass++) go_over(&kernel, &input, &outputs);
  } else if (is(what, "collect")) {
    collect(answer_of(line));
  } else if (is(what, "release")) {
    free_numbers(&outputs);
  } else if (is(what, "close")) {
    close_team();
  } else {
    return 0;
  }
  return 1;
}

static void untimed(const char *line, const char *what) {
  if (is(what, "fresh") && count_of(&input) > 0) input.values[0] = number_of(line, "first", 0);
  if (is(what, "poison"))
    for (size_t i = 0; i < count_of(&outputs); i++) outputs.values[i] = NAN;
  if (is(what, "drop")) free_numbers(answer_of(line));
  if (is(what, "write")) {
    char path[4096];
    text_of(line, "file", path, sizeof path);
    write_numbers(answer_of(line), path);
    printf("{\"lists\":%zu,\"numbers\":%zu}\n", answer_of(line)->lists, count_of(answer_of(line)));
    return;
  }
  puts("{}");
}

static void answer(const char *line) {
  char what[32];
  text_of(line, "do", what, sizeof what);
  int64_t cpu = ns_of(CLOCK_PROCESS_CPUTIME_ID), began = ns_of(CLOCK_MONOTONIC);
  if (timed(line, what)) {
    int64_t ns = ns_of(CLOCK_MONOTONIC) - began;
    printf("{\"ns\":%lld,\"cpuNs\":%lld}\n", (long long)ns,
           (long long)(ns_of(CLOCK_PROCESS_CPUTIME_ID) - cpu));
  } else {
    untimed(line, what);
  }
}

int main(void) {
  static char line[longest_line];
  if (fgets(line, sizeof line, stdin) == NULL) return 0;
  char strategy[32];
  text_of(line, "strategy", strategy, sizeof strategy);
  members = is(strategy, "pthreads") ? (int)number_of(line, "workers", 1) : 1;
  puts(kernel_of(line, &kernel) ? "{\"runs\":true,\"stages\":true}" : "{\"error\":\"no such kernel\"}");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    answer(line);
    fflush(stdout);
  }
  return 0;
}
