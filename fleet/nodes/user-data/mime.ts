/** One part of a multi-part document. */
export interface Mime {
  readonly type: string;
  readonly body: string;
}

/** Between the parts; no line of a part may begin with two dashes and it. */
export const BOUNDARY = "nodeadm";

export function mimeText(parts: readonly Mime[]): string {
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    ...parts.flatMap(({ type, body }) => [
      `--${BOUNDARY}`,
      `Content-Type: ${type}`,
      "",
      body.endsWith("\n") ? body : `${body}\n`,
    ]),
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}
