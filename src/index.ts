/*
 * The public surface: what a strategy, a kernel or a scenario may import from 'breakeven'. Ours have no privilege
 * over a user's, so they import from here too. Nothing in src imports this file.
 */

export type { Columns, Dictionary, Form, Lists } from './contract/dictionary.js';
export { formOf, isLists } from './contract/dictionary.js';
export type {
  Agreement,
  Kernel,
  KernelPlugin,
  KernelRef,
  List,
  MapKernel,
  Options,
  Output,
  ReduceKernel,
  WaitKernel,
  Wasm,
  Work,
} from './contract/kernel.js';
export { defineKernel } from './contract/kernel.js';
export type {
  Account,
  Axes,
  AxisValue,
  Claim,
  DataSource,
  Point,
  Price,
  PricedPhase,
  PriceList,
  Scenario,
} from './contract/scenario.js';
export { defineScenario } from './contract/scenario.js';
export type {
  Chunk,
  Family,
  Footprint,
  LineStyle,
  OpenRequest,
  Placed,
  RunSession,
  Session,
  StagedSession,
  Strategy,
  StrategyHost,
  StrategyTraits,
  Support,
} from './contract/strategy.js';
export { defineStrategy } from './contract/strategy.js';
export type { Activity } from './contract/trace.js';
export { packInto, toColumns, toForm, toLists } from './dictionary/columns.js';
export { lengthsOf, partition, type Range } from './dictionary/partition.js';
export { type LoadedKernel, loadKernel } from './plugins/kernel.js';
export { pooledSession } from './workers/pooled-session.js';
export {
  loadPools,
  type Pool,
  type PoolRequest,
  processPool,
  type SharedPool,
  type SharedPoolRequest,
  sharedPool,
  threadPool,
} from './workers/pools.js';
export { trace } from './workers/registry.js';
export {
  type Area,
  type AreaKernel,
  type EngineModule,
  plainEngine,
  wholeLists,
  wordsPerUnit,
} from './workers/shared/area.js';
export type { Passage } from './workers/shared/pool.js';
export { cutIntoUnits, mostLists, slotSize, type Units } from './workers/shared/units.js';
