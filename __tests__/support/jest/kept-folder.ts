import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder: string | undefined;

/** Returns a folder that is kept until the suite has ended; `fill` is called with it once. */
export function keptFolder(fill: (path: string) => void): string {
  if (folder === undefined) {
    folder = mkdtempSync(join(tmpdir(), "kept-"));
    fill(folder);
  }
  return folder;
}

// Jest loads this file before each suite (jest.config.mjs): in a test, nothing can be added that happens after the suite.
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
});
