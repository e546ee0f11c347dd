/** How a command ends: 0 if all is well, 1 for wrong input or an error, 2 for a finding that a person must look at. */
export type ExitCode = 0 | 1 | 2;

/** From the worst to the best: a command that failed has not seen all findings. */
const WORST_FIRST = [1, 2, 0] as const;

/** Returns the exit code of several answers: an error before a finding, a finding before success. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? 0;
}
