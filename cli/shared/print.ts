/** Prints an answer as JSON. */
export function printJson(answer: object): void {
  console.log(JSON.stringify(answer, null, 2));
}

/** Prints what a command is doing on stderr, on a terminal only, and removes it when the work is done. */
export async function withProgress<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!stderr.isTTY) return await work();
  stderr.write(`${what} …`);
  try {
    return await work();
  } finally {
    stderr.write("\r\u001b[K");
  }
}
