import type { Dictionary } from '../../contract/dictionary.js';
import type { DataHome, HomeSession } from '../../contract/program.js';
import type { Placed, Session } from '../../contract/strategy.js';
import type { ProgramSession } from './session.js';

/** Answers are let go of as soon as they are fetched: one number is enough for all. */
const answer = 0;

/**
 * The way from Node into a program that has started, and back. A program that is at home is given the user's form and
 * tried by every way that it has; one that is called from Node gets packed numbers, and only its stages where it has
 * them, since each of them is part of what leaving Node costs.
 */
export async function openFromNode(session: ProgramSession, home: DataHome): Promise<Session> {
  try {
    await session.open();
  } catch (cause) {
    await session.end();
    throw cause;
  }
  const load = (input: Dictionary) =>
    home === 'program' ? session.load(input) : session.loadIn('columns', input);
  return wayFromNode(session, load, closing(session), home === 'program' || !session.stages);
}

/** Every way that an open session has, with data from Node: for checks, whose time nobody counts. */
export function everyWay(session: HomeSession): Session {
  return wayFromNode(
    session,
    (input) => session.load(input),
    async () => {},
    true,
  );
}

function wayFromNode(
  session: HomeSession,
  load: (input: Dictionary) => Promise<void>,
  close: () => Promise<void>,
  mayRun: boolean,
): Session {
  const run = async (input: Dictionary) => {
    await load(input);
    await session.run(1, answer);
    return taken(session);
  };
  const place = async (input: Dictionary) => {
    await load(input);
    return placedIn(session);
  };
  const common = { close, clocks: () => session.clocks() };
  if (!session.stages) return { ...common, run };
  return session.runs && mayRun ? { ...common, place, run } : { ...common, place };
}

/** What `place` leads to, in a program that has its data. */
export async function placedIn(session: HomeSession): Promise<Placed> {
  await session.place();
  return {
    compute: async () => {
      await session.compute(1);
    },
    collect: async () => {
      await session.collect(answer);
      return taken(session);
    },
    poison: () => session.poison(),
    release: async () => {
      await session.release();
    },
  };
}

async function taken(session: HomeSession): Promise<Dictionary> {
  const fetched = await session.fetch(answer);
  await session.drop(answer);
  return fetched;
}

function closing(session: HomeSession): () => Promise<void> {
  let closed = false;
  return async () => {
    if (closed) return;
    closed = true;
    try {
      await session.close();
    } finally {
      await session.end();
    }
  };
}
