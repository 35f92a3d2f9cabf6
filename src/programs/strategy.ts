import type { KernelRef } from '../contract/kernel.js';
import type { Program } from '../contract/program.js';
import type { OpenRequest, Strategy, Support } from '../contract/strategy.js';
import { kernelId } from './kernel-id.js';

/**
 * Copies of the data that pass between Node and a program: packed, in the file, there, and back again; and what becomes
 * lists again in Node. Measured on C: `npm run bench:figures -- program-memory`.
 */
const defaultFootprint = { columns: 7, inFlight: { ints: 40, doubles: 40, columns: 0 } };

/** The id of a program's strategy: `python-numpy`, or `python-numpy-from-node` where the data starts in Node. */
export function programStrategyId({ manifest, strategy, home }: Program): string {
  return `${manifest.id}-${strategy.id}${home === 'node' ? '-from-node' : ''}`;
}

/** A program has its kernels in its own language: those that its manifest names. */
export function supportFor({ manifest, strategy }: Program, { module }: KernelRef): Support {
  const kernels = strategy.kernels ?? manifest.kernels;
  const id = kernelId(module);
  return (
    kernels.includes(id) || { reason: `its program has no kernel "${id}"; it has ${kernels.join(', ')}` }
  );
}

/** A strategy that a program carries out. Nothing is started or imported for it before it is opened. */
export function programStrategy(program: Program): Strategy {
  const { manifest, strategy, home } = program;
  const label = programStrategyId(program);
  const start = async (request: OpenRequest) => {
    const { startProgram } = await import('./start.js');
    return startProgram(program, label, { ...request, kind: request.kernel.kind });
  };
  const open = async (request: OpenRequest) => {
    const [{ openFromNode }, session] = await Promise.all([import('./from-node.js'), start(request)]);
    return openFromNode(session, home);
  };
  return {
    title: home === 'node' ? `${strategy.title}, called from Node` : strategy.title,
    family: 'external',
    ...(manifest.colour === undefined ? {} : { style: { colour: manifest.colour } }),
    ...(strategy.options === undefined ? {} : { options: strategy.options }),
    footprint: strategy.footprint ?? defaultFootprint,
    ...(strategy.onWorkers === undefined ? {} : { onWorkers: strategy.onWorkers }),
    supports: (_kernel, _plugin, _host, ref) => supportFor(program, ref),
    open,
    ...(home === 'program' ? { home: { program: manifest.id, start } } : {}),
  };
}
