#!/usr/bin/env node
/*
 * Entry of the program. It imports nothing before it listens: Ctrl-C while the rest is still being loaded ends with the
 * code for it, and a machine that refuses to open one more file is told of in words.
 */
const interrupted = 130;
const notCarriedOut = 5;

const endAtOnce = () => process.exit(interrupted);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endAtOnce);

import('./run-main.js').then(
  ({ runMain }) => runMain(endAtOnce),
  (cause: NodeJS.ErrnoException) => {
    const said = `breakeven: it could not be loaded: ${cause.message}. `;
    process.stderr.write(
      `${said}Raise the limit of open files (ulimit -n) or of memory if the machine refuses one; else install breakeven anew.\n`,
    );
    process.exitCode = notCarriedOut;
  },
);
