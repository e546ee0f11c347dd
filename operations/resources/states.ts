import { valueAt } from "../../language/plain-map";
import type { StackContent } from "./resource";

/** Returns the place of a stack's state, `bucket/key`; undefined if the state is a local file. */
export function stateKeyOf({ backend }: StackContent): string | undefined {
  return placeOf(backend?.settings);
}

/** Returns the states of other stacks that a stack reads: address of the data -> place of the state. */
export function statesReadBy({ resources }: StackContent): ReadonlyMap<string, string> {
  return new Map(
    resources
      .filter(({ mode, type }) => mode === "data" && type === "terraform_remote_state")
      .flatMap(({ address, body }) => {
        const place = placeOf(body["config"]);
        return place === undefined ? [] : [[address, place] as const];
      }),
  );
}

function placeOf(settings: unknown): string | undefined {
  const [bucket, key] = [valueAt(settings, "bucket"), valueAt(settings, "key")];
  return key === undefined ? undefined : `${String(bucket)}/${String(key)}`;
}
