import { valueAt } from "../../language/plain-map";
import { LISTS_WITH_DEFAULTS } from "../parse/lists-with-defaults";

/** Returns what `defaults.yaml` sets at a path such as `tfvars.workers[].min_size`; undefined if it sets nothing. */
export function defaultAt(path: string, defaults: unknown): unknown {
  const keys = LISTS_WITH_DEFAULTS.reduce(
    (from, { list, defaults: of }) => from.replace(`tfvars.${list}[].`, `tfvars.${of}.`),
    path,
  ).split(".");
  return valueAt(defaults, ...keys);
}
