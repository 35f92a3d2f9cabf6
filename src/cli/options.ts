import yargs, { type Argv } from 'yargs';
import { InputError } from '../contract/errors.js';
import { suggest } from '../dictionary/did-you-mean.js';

/*
 * Options, declared once: what `--help` says of one, and how its value is made of what was typed. Values reach us as
 * strings, or as lists of them where an option was repeated.
 */

/** What was typed: options and words by name. */
export type Typed = Readonly<Record<string, unknown>>;

export interface Option<Value> {
  readonly type: 'string' | 'boolean';
  readonly describe: string;
  /** Throws an InputError that names the option. */
  read(typed: Typed, name: string): Value;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** What the options of a table say, by their names. */
export type Values<Table extends Options> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never;
};

export function readOptions<Table extends Options>(table: Table, typed: Typed): Values<Table> {
  const values = Object.entries(table).map(([name, option]) => [name, option.read(typed, name)]);
  return Object.fromEntries(values) as Values<Table>;
}

/** Given or not. */
export function flag(describe: string): Option<boolean> {
  return { type: 'boolean', describe, read: (typed, name) => typed[name] === true };
}

/** Of which `parse` makes a value; may be given once. */
export function parsed<Value>(
  describe: string,
  parse: (text: string, name: string) => Value,
): Option<Value | undefined> {
  return {
    type: 'string',
    describe,
    read: (typed, name) => {
      const text = textOf(typed, name);
      return text === undefined ? undefined : parse(text, name);
    },
  };
}

/** May be given once. */
export function text(describe: string): Option<string | undefined>;
export function text(describe: string, standard: string): Option<string>;
export function text(describe: string, standard?: string): Option<string | undefined> {
  return { type: 'string', describe, read: (typed, name) => textOf(typed, name) ?? standard };
}

/** May be repeated. */
export function texts(describe: string): Option<string[] | undefined> {
  return { type: 'string', describe, read: textsOf };
}

interface Whole {
  readonly least: number;
  readonly most?: number;
}

export function wholeNumber(describe: string, range: Whole): Option<number | undefined>;
export function wholeNumber(describe: string, range: Whole, standard: number): Option<number>;
export function wholeNumber(
  describe: string,
  { least, most = Number.MAX_SAFE_INTEGER }: Whole,
  standard?: number,
): Option<number | undefined> {
  const given = parsed(describe, (text, name) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InputError(`--${name} ${text}: it must be a whole number from ${least}.`);
    if (value > most) throw new InputError(`--${name} ${text}: at most ${most} are taken.`);
    return value;
  });
  return { ...given, read: (typed, name) => given.read(typed, name) ?? standard };
}

/** Of a run: bands shrink with the root of the rounds, and beyond this they cost memory and say nothing more. */
export const mostRounds = 10_000;

function textOf(typed: Typed, name: string): string | undefined {
  const value = typed[name];
  if (Array.isArray(value)) throw new InputError(`--${name} is given ${value.length} times; give it once.`);
  if (value === '') throw new InputError(`--${name} is empty: give it a value.`);
  return value === undefined ? undefined : String(value);
}

/** Also of a command's words, where it takes several. */
export function textsOf(typed: Typed, name: string): string[] | undefined {
  const value = typed[name];
  if (value === undefined) return undefined;
  const words = (Array.isArray(value) ? value : [value]).map(String);
  if (words.includes('')) throw new InputError(`--${name} is empty: give it a value.`);
  return words;
}

/** How a command is asked for. */
export interface Usage {
  readonly name: string;
  /** It is meant where no command is named. */
  readonly isStandard?: true;
  /** Its words, as in `report [run]`, and what each of them is. */
  readonly words?: {
    readonly shown: string;
    readonly are: Readonly<Record<string, { readonly array?: true; readonly describe?: string }>>;
  };
  readonly describe: string;
  readonly options: Options;
  /** Whatever else is given is an axis. */
  readonly takesAxes?: true;
  /** It makes temporary folders: first those are removed that runs left which were killed. */
  readonly makesFolders?: true;
  readonly epilogue?: string;
}

/** What the parser adds to what was typed. */
export const addedNames: readonly string[] = ['_', '$0', 'help', 'version'];

/** Throws an InputError that names the first option which the command does not have, and the nearest that it has. */
export function refuseUnknown({ name, options, words }: Usage, typed: Typed): void {
  const known = Object.keys(options);
  const taken = [...addedNames, ...Object.keys(words?.are ?? {}), ...known];
  const unknown = Object.keys(typed).find((each) => !taken.includes(each));
  if (unknown !== undefined)
    throw new InputError(
      `${name} has no option --${unknown}.${suggest(unknown, known) || ` See \`breakeven ${name} --help\`.`}`,
    );
}

/** The parser as every command line goes through it, with errors thrown and no process ended. */
export function newParser(args: readonly string[]): Argv {
  return (
    yargs([...args])
      .scriptName('breakeven')
      // Options keep the one name that they were typed with, and values stay text: each is checked where it is known
      // what it means.
      .parserConfiguration({
        'camel-case-expansion': false,
        'boolean-negation': false,
        'dot-notation': false,
        'parse-numbers': false,
        'parse-positional-numbers': false,
      })
      .exitProcess(false)
      .fail(false)
  );
}

/** Tells the parser of a command. */
export function addCommand(parser: Argv, usage: Usage, take: (typed: Typed) => void): Argv {
  const { name, isStandard, words, describe, options, epilogue } = usage;
  const shown = words === undefined ? name : `${name} ${words.shown}`;
  const builder = (command: Argv) => {
    for (const [word, is] of Object.entries(words?.are ?? {}))
      command.positional(word, { type: 'string', ...is });
    for (const [option, { type, describe }] of Object.entries(options))
      command.option(option, { type, describe, ...(type === 'string' ? { nargs: 1 } : {}) });
    return epilogue === undefined ? command : command.epilogue(epilogue);
  };
  return parser.command(isStandard ? [shown, '$0'] : shown, describe, builder, take);
}

/** What a run's command line says: it is gone on with by `--resume`. Throws an InputError where it is another command's. */
export async function readAgain<Request>(
  usage: Usage,
  line: readonly string[],
  read: (typed: Typed) => Request | undefined,
): Promise<Request> {
  let request: Request | undefined;
  await addCommand(newParser(line), usage, (typed) => {
    request = read(typed);
  }).parseAsync();
  if (request === undefined)
    throw new InputError(
      `its command line, "${line.join(' ')}", is not one of ${usage.name}: it cannot be resumed.`,
    );
  return request;
}
