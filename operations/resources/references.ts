/** A reference to a resource or to data in Terraform's expressions. */
export interface Reference {
  /** `aws_vpc.network_39EEAA36`, `data.terraform_remote_state.networking`. */
  readonly address: string;
  /** Attribute below it: `id`, `outputs.subnet_ids.private`; empty for the whole resource. */
  readonly attribute: string;
  /** The same with indexes: `["outputs", "subnet_ids", "private", "us-east-1a"]`. */
  readonly path: readonly string[];
}

/** An interpolation begins with `${`; Terraform writes the text `${` as `$${`. */
const INTERPOLATION = /(?<!\$)\$\{/;
const REFERENCE =
  /(?<![\w.-])((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[[^\][]{1,200}\])*)/g;
const PART = /\.([A-Za-z_][\w-]*)|\[\\?"?([^\]["\\]*)\\?"?\]/g;

/**
 * Returns the references in a value, each once, in the order in which they appear.
 *
 * @param known existing addresses. Text that only looks like a reference contains none of them
 */
export function referencesIn(value: unknown, known?: { has(address: string): boolean }): Reference[] {
  const found = new Map<string, Reference>();
  for (const text of textsIn(value)) {
    const start = text.search(INTERPOLATION);
    if (start < 0) continue;
    for (const [, address = "", rest = ""] of text.slice(start).matchAll(REFERENCE)) {
      if (known !== undefined && !known.has(address)) continue;
      const path = [...rest.matchAll(PART)].map(([, name, index]) => name ?? index ?? "");
      found.set(address + rest, { address, attribute: /^[.\w-]*/.exec(rest)?.[0].slice(1) ?? "", path });
    }
  }
  return [...found.values()];
}

/** Returns every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
