import { isObject, type ObjectValue, type Value } from "../wire/values";
import { ProviderError } from "./provider-error";

/** Returns an object, or an empty one in place of any other value. */
export function objectOf(value: Value): ObjectValue {
  return isObject(value) ? value : {};
}

/** Returns the names of an object that failures can match and messages can use. */
export function namesOf(state: ObjectValue): string[] {
  const metadata = objectOf([state["metadata"] ?? null].flat()[0] ?? null);
  const named = [
    state["id"],
    metadata["name"],
    ...Object.entries(state).map(([key, value]) => (/name$|^bucket$/.test(key) ? value : null)),
  ];
  return [...new Set(named.filter((name): name is string => typeof name === "string"))];
}

/** Returns the error of a call that AWS or Kubernetes refuses. */
export function refusedCall(doing: string, type: string, state: ObjectValue, reason: string): ProviderError {
  return new ProviderError(`${doing} ${type} (${namesOf(state)[0] ?? ""}): ${reason}`);
}
