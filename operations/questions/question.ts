/** A question on a terminal that replaces a missing flag. */
export interface Question {
  readonly message: string;
  /** The answer if the person only presses Enter. */
  readonly default?: string | undefined;
  /** All accepted answers; undefined for text. */
  readonly choices?: readonly Choice[] | undefined;
  /** Returns the error in an answer; undefined if it is accepted. */
  refused(answer: string): string | undefined;
}

export interface Choice {
  readonly value: string;
  /** The effect of the choice. */
  readonly meaning?: string;
}
