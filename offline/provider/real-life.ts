import { OVERLAYS } from "../overlay/overlay";
import type { Store } from "../store/store";
import { type ObjectValue, sameValue } from "../wire/values";

/** Returns what is stored after an update: an attribute whose change the real provider sends to no API keeps its value. */
export function updated(type: string, prior: ObjectValue, state: ObjectValue): ObjectValue {
  const kept = (OVERLAYS[type]?.neverSent ?? []).filter(({ attribute, when }) => {
    const [before, after] = [[prior[attribute] ?? []].flat(), [state[attribute] ?? []].flat()];
    return !sameValue(before, after) && when(before, after);
  });
  return { ...state, ...Object.fromEntries(kept.map(({ attribute }) => [attribute, prior[attribute] ?? null])) };
}

/** Returns the API's error for a deletion; undefined if the API accepts it. */
export function refusedDeletion(type: string, object: ObjectValue, store: Store): string | undefined {
  const content = OVERLAYS[type]?.content;
  if (content === undefined || object[content.deletedIf] === true) return undefined;
  const full = store.objects(content.type).some(({ state }) => state[content.attribute] === object["id"]);
  return full ? content.message : undefined;
}
