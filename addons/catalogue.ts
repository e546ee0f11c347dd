import type { Addon } from "./addon";

/** Every addon that can be installed, by its key in a definition. */
export const catalogue = {} as const satisfies Readonly<Record<string, Addon>>;

export type AddonName = keyof typeof catalogue;
