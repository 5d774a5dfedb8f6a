/** The assertions of the tests, by contract; `harness.ts` fulfils them. */

/** What a thrown error must look like: its message contains the text, or matches the expression. */
export type ExpectedMessage = string | RegExp;

/** Every method throws an `Error` when its claim does not hold; `message` then replaces the standard wording. */
export interface Assert {
  /** Strict equality, `===`. Compares strings byte for byte, so it is the one for texts. */
  is<T>(actual: T, expected: T, message?: string): void;
  /** Deep equality; properties that are `undefined` count, constructors must agree. */
  equal<T>(actual: T, expected: T, message?: string): void;
  /** The value is truthy. */
  ok(value: unknown, message?: string): asserts value;
  /** The value is falsy. */
  not(value: unknown, message?: string): void;
  /** Not strictly equal. */
  isNot<T>(actual: T, expected: T, message?: string): void;
  /** Not deeply equal. */
  notEqual<T>(actual: T, expected: T, message?: string): void;
  /** The text contains a string or matches an expression. */
  match(text: string, expected: ExpectedMessage, message?: string): void;
  /** The text neither contains the string nor matches the expression. */
  noMatch(text: string, expected: ExpectedMessage, message?: string): void;
  /** The function throws an `Error`, which is returned. Anything else thrown, and a promise returned, fail. */
  throws(run: () => unknown, expected?: ExpectedMessage): Error;
  /** The promise, or the one the function returns, is rejected with an `Error`, which is returned. */
  rejects(run: Promise<unknown> | (() => Promise<unknown>), expected?: ExpectedMessage): Promise<Error>;
  /** Control must not come here. */
  unreachable(message?: string): never;
}

/** Whether `text` contains the string or matches the expression. */
export function matches(text: string, expected: ExpectedMessage): boolean {
  return typeof expected === "string"
    ? text.includes(expected)
    : new RegExp(expected.source, expected.flags).test(text);
}

/** The error that `throws` and `rejects` return, or the reason why the thrown thing is not the expected one. */
export function expectedError(thrown: unknown, expected: ExpectedMessage | undefined): Error {
  if (!(thrown instanceof Error)) throw new Error(`expected an Error to be thrown, but it was ${String(thrown)}`);
  if (expected !== undefined && !matches(thrown.message, expected)) {
    throw new Error(`expected an error that says ${String(expected)}, but it says: ${thrown.message}`);
  }
  return thrown;
}
