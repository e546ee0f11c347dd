/** Exit code of a command: 0 for success, 1 for wrong input or an error, 2 for a finding that requires a person's attention. */
export type ExitCode = 0 | 1 | 2;

/** From the worst to the best. An error is worse than a finding, because a failed command may have missed findings. */
const WORST_FIRST = [1, 2, 0] as const;

/** Returns the exit code of several answers: an error before a finding, a finding before success. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? 0;
}
