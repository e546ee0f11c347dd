import { type AddonName, catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { ifCertain } from "../../../language/refused";
import { listed } from "../../../language/suggest";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import { hostedZone } from "../../network/hosted-zone";
import { within } from "../../rules/each-item";
import type { Finding } from "../../rules/finding";
import { NO_PLATFORM } from "../../schema/releases/release";

/** The platform of a cluster after the rules left out what the cluster cannot have. */
export interface SettledPlatform {
  readonly subject: Subject;
  /** Name of the platform; null for none. */
  readonly name: string | null;
  /** Names of the platforms of the cluster's release. */
  readonly known: readonly string[];
  /** Addons that it switches on. */
  readonly switched: readonly string[];
  /** Addons that it would switch on, and that the cluster does without. */
  readonly leftOff: readonly { readonly addon: string; readonly reason: string | undefined }[];
}

type Rule = (settled: SettledPlatform) => readonly Finding[];

const ADDONS: Readonly<Record<string, Addon>> = catalogue;
const SECTION = ["tfvars", "addons"] as const;
const DOMAIN = ["tfvars", "cluster", "k8s_base_domain"] as const;

const switches = (addons: readonly string[]) => addons.map((addon) => `${addon}_enabled: false`).join(" and ");

/** Refuses a platform that the release does not have. A release without platforms ignores the key, so that it can be set before. */
const unknown: Rule = ({ known, subject }) => {
  const name = subject.definition.tfvars.addons.platform;
  if (name === null || name === NO_PLATFORM || known.length === 0 || known.includes(name)) return [];
  const release = subject.release?.name ?? "";
  const message = `release ${release} has no platform ${JSON.stringify(name)}. Its platforms: ${listed([...known, NO_PLATFORM])}`;
  return [{ path: [...SECTION, "platform"], message }];
};

/** Service levels whose alerts a person answers. */
const ANSWERED: readonly string[] = ["production", "critical"];

/** Warns about settings that only a person can choose, of addons that the platform enables or a cluster of such a service level has. */
const asks: Rule = ({ subject, switched }) => {
  const { addons } = subject.definition.tfvars;
  const answered = ifCertain(() => ANSWERED.includes(addons.sla)) ?? false;
  return ofEachAddon(subject.definition, ({ addon, name, options, values }): Finding[] => {
    const asked = answered || switched.includes(name) ? addon.asks_person?.(options, values) : undefined;
    if (asked === undefined) return [];
    return [{ ...within([...SECTION, name], asked), because: [[...SECTION, name]], severity: "warning" }];
  });
};

/** Warns about the missing zone without which the platform publishes no hostname and gets no certificate. */
const zone: Rule = ({ leftOff, name, subject }) => {
  const { account, definition } = subject;
  const { addons, cluster, networking } = definition.tfvars;
  if (account === undefined || networking.private || hostedZone(definition, account) !== null) return [];
  const without = leftOff
    .filter(({ addon, reason }) => {
      const needed = ADDONS[addon]?.needs?.(addons[addon as AddonName].options) ?? [];
      return reason === undefined && needed.includes("hosted_zone");
    })
    .map(({ addon }) => addon);
  if (without.length === 0) return [];
  const domain = cluster.k8s_base_domain;
  const zones = Object.keys(account.hosted_zones);
  const missing = domain === null ? "no domain is set" : `${domain} is in no hosted zone of account ${account.name}`;
  const remedy =
    zones.length === 0
      ? `Add the zone of the cluster's domain to hosted_zones of account ${account.name}`
      : `Set a domain in a hosted zone of account ${account.name} (${listed(zones)})`;
  const message = `${without.join(" and ")} of platform ${name} ${without.length === 1 ? "stays" : "stay"} off, because ${missing}. ${remedy}, or set ${switches(without)}`;
  return [{ path: DOMAIN, because: [[...SECTION]], message, severity: "warning" }];
};

/** Warns about other addons that the platform leaves out, if the cluster could have them with other settings. */
const leftOut: Rule = ({ leftOff, name }) => {
  const told = leftOff.filter(({ reason }) => reason !== undefined);
  if (told.length === 0) return [];
  const addons = told.map(({ addon }) => addon);
  const reasons = [...new Set(told.map(({ reason }) => reason))].join(". ");
  const message = `platform ${name} leaves out ${listed(addons)}: ${reasons}. Or set ${switches(addons)}`;
  return [{ path: SECTION, because: [["tfvars"]], message, severity: "warning" }];
};

/** Returns the findings about the platform of a cluster: one warning per subject. */
export function platformFindings(settled: SettledPlatform): readonly Finding[] {
  return [unknown, asks, zone, leftOut].flatMap((rule) => ifCertain(() => rule(settled)) ?? []);
}
