const groups = new Set<number>();

/** Ends a process and everything in its group at once; a group that is gone already is no error. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: it ended before us, which is what we want.
  }
}

/** Remembers a group that must not outlive this process. Returns the call that forgets it. */
export function trackGroup(pid: number): () => void {
  if (groups.size === 0) process.on('exit', killAll);
  groups.add(pid);
  return () => {
    groups.delete(pid);
    if (groups.size === 0) process.off('exit', killAll);
  };
}

function killAll(): void {
  for (const pid of groups) killGroup(pid);
}
