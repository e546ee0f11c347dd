import type { TerraformElement } from "cdktf";

/** Returns the last part of an element's address. cdktf keeps it once it is read, so that it could not be overridden afterwards. */
export function logicalIdOf(element: TerraformElement): string {
  const kept = element as unknown as { _friendlyUniqueId?: string | undefined };
  const before = kept._friendlyUniqueId;
  const id = element.friendlyUniqueId;
  kept._friendlyUniqueId = before;
  return id;
}
