#include "numbers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void end_with(const char *what, const char *path) {
  /* With the system's own words: whoever started this program tells a full disk from a fault by them. */
  fprintf(stderr, "%s %s%s%s\n", what, path, errno == 0 ? "" : ": ", errno == 0 ? "" : strerror(errno));
  exit(1);
}

void *room(size_t bytes) {
  void *memory = NULL;
  /* A vector of 64 bytes wants to be aligned. */
  if (posix_memalign(&memory, 64, bytes == 0 ? 64 : bytes) != 0) end_with("no memory for", "numbers");
  return memory;
}

void read_numbers(Numbers *numbers, const char *path, size_t lists, size_t count) {
  free_numbers(numbers);
  FILE *file = fopen(path, "rb");
  if (file == NULL) end_with("cannot open", path);
  double *lengths = room(lists * sizeof(double));
  numbers->lists = lists;
  numbers->starts = room((lists + 1) * sizeof(size_t));
  numbers->values = room(count * sizeof(double));
  if (fread(lengths, sizeof(double), lists, file) != lists ||
      fread(numbers->values, sizeof(double), count, file) != count)
    end_with("cannot read", path);
  fclose(file);
  numbers->starts[0] = 0;
  for (size_t i = 0; i < lists; i++) numbers->starts[i + 1] = numbers->starts[i] + (size_t)lengths[i];
  free(lengths);
}

void write_numbers(const Numbers *numbers, const char *path) {
  FILE *file = fopen(path, "wb");
  if (file == NULL) end_with("cannot write", path);
  for (size_t i = 0; i < numbers->lists; i++) {
    double length = (double)(numbers->starts[i + 1] - numbers->starts[i]);
    if (fwrite(&length, sizeof length, 1, file) != 1) end_with("cannot write", path);
  }
  size_t count = count_of(numbers);
  if (fwrite(numbers->values, sizeof(double), count, file) != count) end_with("cannot write", path);
  if (fclose(file) != 0) end_with("cannot write", path);
}

void make_answers(Numbers *answers, const Numbers *like, int one_per_list) {
  answers->lists = like->lists;
  answers->starts = room((like->lists + 1) * sizeof(size_t));
  if (one_per_list)
    for (size_t i = 0; i <= like->lists; i++) answers->starts[i] = i;
  else
    memcpy(answers->starts, like->starts, (like->lists + 1) * sizeof(size_t));
  answers->values = room(count_of(answers) * sizeof(double));
}

void free_numbers(Numbers *numbers) {
  free(numbers->starts);
  free(numbers->values);
  memset(numbers, 0, sizeof *numbers);
}

size_t count_of(const Numbers *numbers) {
  return numbers->lists == 0 ? 0 : numbers->starts[numbers->lists];
}
