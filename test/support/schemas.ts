import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { root } from './goldens.js';

/** The schemas that ship, by file name without its ending. They refer to one another. */
export const schemas: ReadonlyMap<string, SchemaNode> = new Map(
  readdirSync(`${root}schema`)
    .sort()
    .map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(`${root}schema/${file}`, 'utf8'))]),
);

export interface SchemaNode {
  readonly [key: string]: unknown;
}

/** A validator as somebody else has it, who loads all schemas of the folder and takes one. */
export function validatorOf(name: string): ValidateFunction {
  return compile(name, schemas);
}

/** The same, but a field that no schema names is an error, too: data may be added, and then it has to be described. */
export function strictValidatorOf(name: string): ValidateFunction {
  const closed = [...schemas].map(([each, schema]) => [each, closeObjects(schema) as SchemaNode] as const);
  return compile(name, new Map(closed));
}

function compile(name: string, all: ReadonlyMap<string, SchemaNode>): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, schemas: [...all.values()] });
  const validate = ajv.getSchema(`breakeven/schema/${name}.json`);
  if (validate === undefined) throw new Error(`no schema of ${name}.json`);
  return validate;
}

/** Objects whose fields are named get no others; of those that are put together of several schemas none can say so alone. */
function closeObjects(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closeObjects);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, each]) => [key, closeObjects(each)]));
  const isAlone = !('$ref' in inner || 'oneOf' in inner || 'additionalProperties' in inner);
  const names = inner.properties;
  return inner.type === 'object' && typeof names === 'object' && names !== null && isAlone
    ? { ...inner, additionalProperties: false }
    : inner;
}
