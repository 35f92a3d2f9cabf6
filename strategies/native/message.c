#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What follows `"name":`, or NULL. */
static const char *value_of(const char *line, const char *name) {
  char quoted[64];
  snprintf(quoted, sizeof quoted, "\"%s\":", name);
  const char *found = strstr(line, quoted);
  return found == NULL ? NULL : found + strlen(quoted);
}

void text_of(const char *line, const char *name, char *text, size_t size) {
  const char *value = value_of(line, name);
  text[0] = '\0';
  if (value == NULL || *value != '"') return;
  const char *end = strchr(value + 1, '"');
  size_t length = end == NULL ? 0 : (size_t)(end - value - 1);
  if (length >= size) length = size - 1;
  memcpy(text, value + 1, length);
  text[length] = '\0';
}

double number_of(const char *line, const char *name, double otherwise) {
  const char *value = value_of(line, name);
  if (value == NULL) return otherwise;
  char *end;
  double number = strtod(value, &end);
  return end == value ? otherwise : number;
}
