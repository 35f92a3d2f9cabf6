/* Numbers as they cross the border (strategies/README.md), and as they lie in memory: packed, with the starts of lists. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>

typedef struct {
  size_t lists;
  /* lists + 1 of them: list i is values[starts[i]] to values[starts[i + 1] - 1]. */
  size_t *starts;
  double *values;
} Numbers;

/* Both end the program with a sentence on stderr where a file cannot be read or written. */
void read_numbers(Numbers *numbers, const char *path, size_t lists, size_t count);
void write_numbers(const Numbers *numbers, const char *path);

/* Room for answers: as many numbers as `like` has, or one per list. */
void make_answers(Numbers *answers, const Numbers *like, int one_per_list);
void free_numbers(Numbers *numbers);

size_t count_of(const Numbers *numbers);

/* Memory, or the end of the program. Never touched, so that its first use pays for it, as everywhere. */
void *room(size_t bytes);

#endif
