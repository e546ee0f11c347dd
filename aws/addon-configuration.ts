import data from "./data/addon-configuration.json";

/** Top-level keys of the configuration that an EKS add-on accepts. */
export interface AddonConfiguration {
  readonly keys: readonly string[];
  /**
   * True if the keys are all that the add-on's chart has: a version of the add-on can accept fewer, but no others. The user
   * guide does not list all keys.
   */
  readonly complete: boolean;
}

/** Add-ons whose configuration is checked, by the names that EKS gives them; values of others are passed on unchecked. */
export const ADDON_CONFIGURATIONS: Readonly<Record<string, AddonConfiguration>> = data.addons;
