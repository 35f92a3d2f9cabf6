/** A mistake that somebody might make in one strategy of this repository, as edits of its source. */
export interface SlowDown {
  readonly strategy: string;
  readonly message: string;
  readonly file: string;
  /** Each stands in the file exactly once. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

export const slowDowns: readonly SlowDown[] = [
  {
    strategy: 'typed-array',
    message: 'typed-array: one more pass over each list',
    file: 'strategies/typed-array.ts',
    edits: [
      [
        '    compute: loopOver(kernel, cuttable, columns, outputs),\n    collect: () => unpackAnswers(',
        '    compute: () => {\n      loopOver(kernel, cuttable, columns, outputs)();\n      loopOver(kernel, cuttable, columns, outputs)();\n    },\n    collect: () => unpackAnswers(',
      ],
      [
        '        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));\n',
        '        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));\n        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));\n',
      ],
    ],
  },
  {
    strategy: 'worker-threads',
    message: 'worker-threads: a message per list, each copied before it is sent',
    file: 'strategies/worker-threads.ts',
    edits: [
      [
        '  open: async (request) => pooledSession(await threadPool(request), request),\n',
        `  open: async (asked) => {
    const request = { ...asked, chunk: 'key' } as const;
    const session = pooledSession(await threadPool(request), request);
    return { ...session, run: (input) => session.run?.(structuredClone(input)) ?? input };
  },
`,
      ],
    ],
  },
];
