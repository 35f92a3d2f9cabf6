#include "team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* Numbers per unit of work where lists may be cut: small against a list, large against taking it. */
static const size_t unit_numbers = 1 << 15;

static struct {
  const Kernel *kernel;
  const Numbers *input;
  Numbers *answers;
  size_t units;
  _Atomic size_t next;
} job;

static int members = 1;
static pthread_t *threads;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned long round_number;
static int working;
static int is_closing;

static void do_unit(size_t unit) {
  const Kernel *kernel = job.kernel;
  const Numbers *input = job.input;
  if (kernel->any_piece) {
    size_t from = unit * unit_numbers, all = count_of(input);
    size_t length = all - from < unit_numbers ? all - from : unit_numbers;
    kernel->piece(input->values + from, job.answers->values + from, length, kernel->argument);
    return;
  }
  size_t from = input->starts[unit];
  double *out = job.answers->values + job.answers->starts[unit];
  kernel->piece(input->values + from, out, input->starts[unit + 1] - from, kernel->argument);
}

static void take_units(void) {
  for (size_t unit; (unit = atomic_fetch_add(&job.next, 1)) < job.units;) do_unit(unit);
}

static void *member(void *unused) {
  (void)unused;
  unsigned long seen = 0;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (round_number == seen && !is_closing) pthread_cond_wait(&changed, &lock);
    if (is_closing) break;
    seen = round_number;
    pthread_mutex_unlock(&lock);
    take_units();
    pthread_mutex_lock(&lock);
    if (--working == 0) pthread_cond_broadcast(&changed);
  }
  pthread_mutex_unlock(&lock);
  return NULL;
}

/* All members take units until none is left. */
static void do_round(void) {
  atomic_store(&job.next, 0);
  pthread_mutex_lock(&lock);
  working = members - 1;
  round_number++;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  take_units();
  pthread_mutex_lock(&lock);
  while (working > 0) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
}

void open_team(int count) {
  members = count < 1 ? 1 : count;
  is_closing = 0;
  round_number = 0;
  threads = calloc((size_t)members, sizeof *threads);
  for (int i = 1; i < members; i++)
    if (pthread_create(&threads[i], NULL, member, NULL) != 0) {
      fprintf(stderr, "cannot start a thread: the system refuses another one\n");
      exit(1);
    }
  /* A round without work: the team is open when all of it has answered. */
  job.units = 0;
  do_round();
}

void close_team(void) {
  if (threads == NULL) return;
  pthread_mutex_lock(&lock);
  is_closing = 1;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  for (int i = 1; i < members; i++) pthread_join(threads[i], NULL);
  free(threads);
  threads = NULL;
}

void go_over(const Kernel *kernel, const Numbers *input, Numbers *answers) {
  job.kernel = kernel;
  job.input = input;
  job.answers = answers;
  /* One thread takes everything at once: nobody waits for a share of it. */
  if (members == 1 && kernel->any_piece) {
    kernel->piece(input->values, answers->values, count_of(input), kernel->argument);
    return;
  }
  job.units = kernel->any_piece ? (count_of(input) + unit_numbers - 1) / unit_numbers : input->lists;
  do_round();
}
