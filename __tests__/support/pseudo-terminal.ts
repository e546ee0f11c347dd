import { type IPty, spawn } from "@lydell/node-pty";
import { Terminal } from "@xterm/headless";

/** Milliseconds between two looks at the screen while a test waits for text on it. */
const INTERVAL = 20;

/** A real terminal with a program in it, whose screen is read as a person sees it. */
export class PseudoTerminal {
  /** Every byte that was written, with the escape sequences. */
  output = "";
  readonly ended: Promise<number>;
  private readonly screen: Terminal;
  private readonly pty: IPty;
  private over = false;

  constructor(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string | undefined>>,
    { columns = 80, rows = 50 }: { readonly columns?: number; readonly rows?: number } = {},
  ) {
    this.screen = new Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
    const variables = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined, ...environment };
    this.pty = spawn(command, [...args], {
      name: "xterm-256color",
      cols: columns,
      rows,
      // The terminal would pass on a missing variable as the text "undefined".
      env: Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined)),
    });
    this.pty.onData((text) => {
      this.output += text;
      this.screen.write(text);
    });
    this.ended = new Promise((resolve) => {
      this.pty.onExit(({ exitCode }) => {
        this.over = true;
        // Whatever the program wrote last is on the screen before the test looks at it.
        this.screen.write("", () => resolve(exitCode));
      });
    });
  }

  get pid(): number {
    return this.pty.pid;
  }

  /** Presses keys. */
  type(keys: string): void {
    this.pty.write(keys);
  }

  /** Returns the lines of the screen, without the empty ones at its end. */
  lines(): string[] {
    const { buffer } = this.screen;
    const lines = Array.from({ length: buffer.active.length }, (_, row) =>
      (buffer.active.getLine(row)?.translateToString(true) ?? "").trimEnd(),
    );
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  /** Waits until the screen shows a text. It fails with the screen if the program ends before, or when the test's time is over. */
  async shows(text: string, milliseconds = 60_000): Promise<void> {
    const until = Date.now() + milliseconds;
    while (!this.lines().join("\n").includes(text)) {
      if (this.over || Date.now() > until)
        throw new Error(`no ${JSON.stringify(text)} on:\n${this.lines().join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
  }

  /** Ends what still runs. */
  close(): void {
    if (!this.over) this.pty.kill("SIGKILL");
    this.screen.dispose();
  }
}
