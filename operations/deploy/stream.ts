import { isMap } from "../../language/plain-map";
import type { Diagnostic } from "./report";

/** A message of Terraform about one resource during an apply. */
export interface ApplyEvent {
  readonly kind: "start" | "progress" | "complete" | "errored";
  readonly address: string;
  /** Such as `create`. */
  readonly action: string;
  /** Seconds since the start; 0 at the start. */
  readonly seconds: number;
}

/** Output -> Terraform's description of it; one without a value has no `value`, or is absent. */
export type Outputs = Readonly<Record<string, unknown>>;

/** Reads the lines that `terraform apply -json` prints. Ignores lines that are not JSON, and unknown types. */
export class ApplyStream {
  readonly errors: Diagnostic[] = [];
  /** Addresses in the order in which they ended. */
  readonly done: string[] = [];
  /** The outputs that an apply prints at its end. */
  outputs: Outputs = {};

  constructor(private readonly onEvent: (event: ApplyEvent) => void = () => {}) {}

  read(line: string): void {
    const message = parsed(line);
    if (message === undefined) return;
    const { diagnostic, hook, outputs, type } = message;
    if (type === "outputs" && isMap(outputs)) this.outputs = outputs;
    if (type === "diagnostic" && isMap(diagnostic)) this.diagnose(diagnostic);
    const kind = typeof type === "string" ? KINDS.get(type) : undefined;
    if (kind === undefined || !isMap(hook) || !isMap(hook["resource"])) return;
    const address = String(hook["resource"]["addr"]);
    if (kind === "complete") this.done.push(address);
    const seconds = typeof hook["elapsed_seconds"] === "number" ? hook["elapsed_seconds"] : 0;
    this.onEvent({ kind, address, action: String(hook["action"]), seconds });
  }

  private diagnose({ address, detail, severity, summary }: Readonly<Record<string, unknown>>): void {
    if (severity !== "error") return;
    this.errors.push({
      summary: String(summary),
      detail: typeof detail === "string" ? detail : "",
      address: typeof address === "string" ? address : null,
      lines: [],
    });
  }
}

const KINDS = new Map<string, ApplyEvent["kind"]>([
  ["apply_start", "start"],
  ["apply_progress", "progress"],
  ["apply_complete", "complete"],
  ["apply_errored", "errored"],
]);

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined; // a warning of the program's loader, for example
  }
}
