import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { GcMeter } from '../../src/workers/meters.js';
import { nowNs } from '../../src/workers/span-log.js';

/*
 * Entry of a thread that says how long it takes to take a message out of a port: that is to deserialise it. Garbage
 * collection is left out, since it is a part of its own.
 */
const port = workerData as MessagePort;
const gc = new GcMeter();

parentPort?.on('message', async () => {
  gc.take();
  const began = nowNs();
  receiveMessageOnPort(port);
  const ns = nowNs() - began;
  // Collections are told of when the event loop turns.
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  parentPort?.postMessage(ns - gc.take());
});
