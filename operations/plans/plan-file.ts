import { HOW_TO_WRITE as HOW, NotAPlan, type Plan, planOf } from "./plan";

/** Larger files cannot be read into one text. */
export const MOST_BYTES = 400 * 1024 * 1024;

/**
 * Reads the content of a file that `terraform show -json` wrote.
 *
 * @throws NotAPlan with one sentence about what the file is instead, and what to do.
 */
export function readPlan(bytes: Uint8Array): Plan {
  if (bytes.length === 0) throw new NotAPlan(`is empty. ${HOW}`);
  if (bytes.length > MOST_BYTES) throw new NotAPlan("has more than 400 MiB, which is too large for a plan");
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw new NotAPlan(`is a plan in Terraform's own binary form. ${HOW}`);
  const text = textOf(bytes);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NotAPlan(whatItIs(text));
  }
  return planOf(json);
}

/** PowerShell writes UTF-16 where a shell writes UTF-8. */
function textOf(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes); // without the mark at its beginning
}

function whatItIs(text: string): string {
  const start = text.trimStart();
  if (start === "") return `is empty. ${HOW}`;
  if (start.includes("\0")) return `is not text. ${HOW}`;
  const [line = ""] = start.split("\n", 1);
  if (line.startsWith("{") && line.includes('"@level"'))
    return `is the log of terraform plan -json, not the plan. ${HOW}`;
  if (!start.startsWith("{")) return `is text, not JSON. ${HOW}`;
  return isCutOff(start) ? `is cut off: its JSON ends too early. ${HOW}` : `is not valid JSON. ${HOW}`;
}

/** True if maps, lists or a text are open where the text ends. */
function isCutOff(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfText(text, at);
      if (at < 0) return true;
    } else if (character === "{" || character === "[") open += 1;
    else if (character === "}" || character === "]") open -= 1;
  }
  return open > 0;
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return -1;
}
