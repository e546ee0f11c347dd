import { visible } from "../../language/problem";
import type { Message } from "./message";

/** Limits of Slack, in characters. */
const LONGEST = { header: 150, section: 3000, url: 3000 } as const;

/** Maximum number of lines shown from a message. */
const MOST_LINES = 20;

const MARKS: Readonly<Record<Message["occasion"], string>> = {
  started: ":arrow_forward:",
  finished: ":white_check_mark:",
  failed: ":x:",
  halted: ":octagonal_sign:",
  approval: ":raised_hand:",
  drift: ":mag:",
  deadline: ":calendar:",
  proposed: ":package:",
};

/** Text that Slack shows as it is: it evaluates these three characters only, and `<!channel>` would call everybody. */
export function escapeSlack(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

interface Text {
  readonly type: "mrkdwn" | "plain_text";
  readonly text: string;
  readonly emoji?: boolean;
}

export type Block =
  | { readonly type: "header"; readonly text: Text }
  | { readonly type: "section"; readonly text: Text }
  | { readonly type: "context"; readonly elements: readonly Text[] };

/** Returns a message for Slack, with a text for notifications. */
export function slackMessage(message: Message): { readonly text: string; readonly blocks: readonly Block[] } {
  const { lines, next, occasion, title, url } = message;
  const more = lines.length - MOST_LINES;
  const body = [
    ...lines.slice(0, MOST_LINES).map((line) => `• ${escapeSlack(line)}`),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join("\n");
  const link = url !== null && isAddress(url) ? `<${url}|The run>` : undefined;
  return {
    text: cut(escapeSlack(title), LONGEST.section),
    blocks: [
      // Plain text is shown as it is, and must not be escaped.
      {
        type: "header",
        text: { type: "plain_text", text: cut(`${MARKS[occasion]} ${visible(title)}`, LONGEST.header), emoji: true },
      },
      ...(body === "" ? [] : [section(body)]),
      ...(next === null ? [] : [section(`*What to do*: ${escapeSlack(next)}`)]),
      ...(link === undefined ? [] : [{ type: "context", elements: [{ type: "mrkdwn", text: link }] } as const]),
    ],
  };
}

function section(text: string): Block {
  return { type: "section", text: { type: "mrkdwn", text: cut(text, LONGEST.section) } };
}

/** An escape sequence that is cut in the middle would show as text. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/&[a-z]{0,3}$/, "")}…`;
}

function isAddress(url: string): boolean {
  return url.length <= LONGEST.url && /^https?:\/\/[^\s<>|]+$/.test(url);
}
