import type { Draft, Section } from "../draft";
import type { Config } from "./config";

/** Input and output of the translation of a ClusterConfig. */
export interface Translation {
  readonly config: Config;
  readonly draft: Draft;
  readonly account: { readonly name: string; readonly id: string };
  readonly partition: string;
  readonly region: string;
  /** Zones from the command line, if the file has none; otherwise empty. */
  readonly zones: readonly string[];
  /** Names of access entries that a layer has, by their principals. */
  readonly entryNames: ReadonlyMap<string, string>;
  /** Permissions boundaries of single roles: here, all roles of a cluster have one. */
  readonly boundaries: Config[];
  /** Service accounts that eksctl creates, which become manifests. */
  readonly serviceAccounts: { readonly namespace: string; readonly name: string }[];
  /** Records a fact or a decision for a person. */
  readonly note: (note: string) => void;
}

/** Sets a key to eksctl's default, with a comment. */
export function byDefault<Value>(
  section: Section,
  key: string,
  written: Value | undefined,
  otherwise: Value,
  comment = "eksctl's default",
): void {
  if (written === undefined) section.set(key, otherwise, comment);
  else section.set(key, written);
}
