import { WriteStream } from "node:tty";

/** Text formats that a stream supports. */
export interface Terminal {
  readonly colours: boolean;
  /** Columns of the terminal; undefined in a pipe, where lines stay whole for tools that read them. */
  readonly width: number | undefined;
}

/** Width of a terminal that reports no size: `docker run -t` can report 0 columns. */
export const DEFAULT_WIDTH = 80;

/**
 * Returns the text formats that a stream supports. Terminals have colours. NO_COLOR and TERM=dumb switch them off, FORCE_COLOR switches
 * them on in a pipe too, and FORCE_COLOR=0 switches them off.
 */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const forced = env["FORCE_COLOR"] !== undefined;
  const depth = stream.isTTY || forced ? WriteStream.prototype.getColorDepth.call(stream, env) : 1;
  return { colours: depth > 1, width: stream.isTTY ? stream.columns || DEFAULT_WIDTH : undefined };
}
