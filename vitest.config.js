// Tests run from dist, as built: Node 20 loads no TypeScript in a worker or a forked process.
export default {
  test: {
    dir: 'dist',
    // Many tests start processes or draw charts, and a machine may be busy: five seconds say nothing about the code.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
};
