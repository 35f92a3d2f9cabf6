/* Fields of one line of JSON, as the driver writes it: flat enough to be found by name. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stddef.h>

/* Copies the text of a field; an empty text where it has none. Escapes do not occur in ids and paths of the driver. */
void text_of(const char *line, const char *name, char *text, size_t size);

/* A number of a field, inside nested objects too; `otherwise` where there is none. */
double number_of(const char *line, const char *name, double otherwise);

#endif
