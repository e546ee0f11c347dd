import type { PlainMap } from "../../language/plain-map";
import { type Printed, runTool, ToolError } from "./tool";

/** Objects of one request. kubectl needs some 0.2 s for each call, whatever it sends. */
const BATCH = 40;

/** Calls kubectl with one context. */
export class Kubectl {
  readonly warnings = new Set<string>();

  constructor(private readonly context: string) {}

  /** Runs kubectl, with objects on its standard input if some are passed. */
  async run(words: readonly string[], objects: readonly object[] = []): Promise<string> {
    // A stream of JSON objects: the server does not validate the fields of the items of a List.
    const input = objects.map((object) => JSON.stringify(object)).join("\n");
    const printed: Printed = await runTool(KUBECTL, ["--context", this.context, ...words], { input });
    for (const line of printed.stderr.split("\n")) if (line.startsWith("Warning: ")) this.warnings.add(line.slice(9));
    return printed.stdout;
  }

  /** Applies objects with strict field validation, and returns the server's error for each refused object. */
  async apply<Item extends { readonly object: PlainMap }>(
    items: readonly Item[],
    words: readonly string[] = [],
  ): Promise<readonly { readonly item: Item; readonly message: string }[]> {
    const [item] = items;
    if (item === undefined) return [];
    const batch = items.slice(0, BATCH);
    const rest = items.slice(BATCH);
    const verb = ["apply", "--server-side", "--force-conflicts", "--validate=strict", ...words, "--filename", "-"];
    const failed = await this.run(
      verb,
      batch.map(({ object }) => object),
    ).then(
      () => [],
      async (error: unknown) => {
        if (!(error instanceof ToolError)) throw error;
        if (batch.length === 1) return [{ item, message: error.message }];
        const half = Math.ceil(batch.length / 2); // kubectl's message does not name the object
        return [...(await this.apply(batch.slice(0, half), words)), ...(await this.apply(batch.slice(half), words))];
      },
    );
    return [...failed, ...(await this.apply(rest, words))];
  }
}

export const KUBECTL = process.env["KUBECTL"] ?? "kubectl";
