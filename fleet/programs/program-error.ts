import { ExpectedError } from "../../language/expected-error";

/** A version of the program that cannot be used: why, and what to do. */
export class ProgramError extends ExpectedError {}
