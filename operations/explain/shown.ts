import { isSecretKey } from "../../fleet/secrets/keys";
import { withoutSecretsIn } from "../../fleet/secrets/search";
import { isMap } from "../../language/plain-map";
import type { Path } from "../../language/yaml/tree";

/** Stands for a value under a key that names a secret. */
export const NOT_SHOWN = "(not shown)";

/** Returns a value without what may be a secret: text under keys that name one, and text that looks like one. */
export function shown(value: unknown, path: Path): unknown {
  const key = path.findLast((step) => typeof step === "string");
  return withoutSecrets(value, key === undefined ? "" : String(key));
}

function withoutSecrets(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, key));
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutSecrets(each, name)]));
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "string" || value === "") return value;
  return isSecretKey(key) ? NOT_SHOWN : withoutSecretsIn(value);
}
