/* Threads that go over all lists together, the caller one of them. A team of one is the caller alone. */
#ifndef TEAM_H
#define TEAM_H

#include "kernels.h"
#include "numbers.h"

void open_team(int members);
void close_team(void);

/* Answers all lists. Whoever is free takes the next unit of work. */
void go_over(const Kernel *kernel, const Numbers *input, Numbers *answers);

#endif
