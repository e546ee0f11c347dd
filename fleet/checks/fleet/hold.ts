import { ifCertain } from "../../../language/refused";
import type { KubernetesSupport } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import type { Finding } from "../../rules/finding";

const HOLD = ["meta", "HOLD"] as const;

/** The facts that rules about holds read besides the definition. */
interface Chosen {
  /** RELEASE_MODEL. */
  readonly model: string;
  readonly releases: readonly string[];
  readonly channels: readonly string[];
}

/** Reports a hold that holds nothing, that ends too late, or that is over. */
export function holdFindings(
  { definition, support, today }: Pick<Subject, "definition" | "support" | "today">,
  { channels, model, releases }: Chosen,
): Finding[] {
  const held = ifCertain(() => ({ ...definition.meta.HOLD, model: definition.meta.RELEASE_MODEL }));
  if (held?.until === undefined) return [];
  const { release, until } = held;
  const findings: Finding[] = [];
  const at = (key: string, message: string, severity?: "warning"): void => {
    findings.push({ path: [...HOLD, key], message, ...(severity && { severity }) });
  };
  const isRelease = releases.includes(model);
  if (release === undefined && channels.includes(model))
    at("release", `is required, because RELEASE_MODEL is the channel ${model}. Set the release that the cluster keeps`);
  if (release !== undefined && isRelease && release !== model)
    at(
      "release",
      `is ${release}, but RELEASE_MODEL is release ${model}. Remove HOLD.release, or set RELEASE_MODEL to a channel`,
    );
  const end = ifCertain(() => endOfSupport(definition.tfvars.cluster, support));
  if (end !== undefined && until > end.day)
    at(
      "until",
      `must not be after ${end.day}, when ${end.what} ends, but is ${until}. Choose an earlier day, and upgrade Kubernetes by then`,
    );
  if (until < today)
    at(
      "until",
      `is over (${until}), but the cluster is still held. Remove HOLD, so that it follows ${model} again, or agree on a later day`,
      "warning",
    );
  return findings;
}

/** Returns when AWS ends the support on which a cluster relies; undefined if that is not known. */
function endOfSupport(
  { kubernetes_version: version, upgrade_policy }: Subject["definition"]["tfvars"]["cluster"],
  support: KubernetesSupport,
): { readonly day: string; readonly what: string } | undefined {
  const dates = support[version];
  if (dates === undefined) return undefined;
  return upgrade_policy === "EXTENDED"
    ? { day: dates.extended_until, what: `extended support of Kubernetes ${version}` }
    : { day: dates.standard_until, what: `standard support of Kubernetes ${version} (upgrade_policy: STANDARD)` };
}
