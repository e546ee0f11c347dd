/** A question that a command asks on a terminal in place of a flag that is missing. */
export interface Question {
  readonly message: string;
  /** The answer if only Enter is pressed. */
  readonly default?: string | undefined;
  /** Every answer that is possible; undefined for text. */
  readonly choices?: readonly Choice[] | undefined;
  /** Returns what is wrong with an answer; undefined if it is accepted. */
  refused(answer: string): string | undefined;
}

export interface Choice {
  readonly value: string;
  /** What the choice does. */
  readonly meaning?: string;
}
