import { exitCodeOf } from "../../../language/exit-code";
import { Interrupted } from "../interrupt";

/**
 * Shows a question on stderr, and returns the answer; undefined after Ctrl-C. A prompt reads the keys itself, so Ctrl-C does not become a
 * signal. It is one here, so that it ends a run as it does anywhere else.
 *
 * @throws Interrupted if nothing waits for the signal
 */
export async function answerOf<Answer>(
  ask: (context: { readonly output: NodeJS.WriteStream }) => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask({ output: process.stderr });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    if (!process.emit("SIGINT", "SIGINT")) throw new Interrupted(exitCodeOf("SIGINT"));
    return undefined;
  }
}
