import type { Tfvars } from "../../model/cluster";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { requires } from "../../rules/forms";

type Provider = Tfvars["cluster"]["oidc_identity_providers"][number];

const PROVIDERS = ["tfvars", "cluster", "oidc_identity_providers"] as const;

/** Refuses OIDC identity providers whose tokens could act as a part of Kubernetes. */
export const checkOidc: Check = ({ definition }) =>
  eachItem(PROVIDERS, definition.tfvars.cluster.oidc_identity_providers, [
    ({ username_prefix }) => reservedPrefix("username_prefix", username_prefix),
    ({ groups_prefix }) => reservedPrefix("groups_prefix", groups_prefix),
    groupsClaim,
    issuerOfEks,
  ]);

function reservedPrefix(key: string, prefix: string | undefined): Finding[] {
  if (!prefix?.startsWith("system:")) return [];
  return [{ path: [key], message: "must not start with system:, which Kubernetes reserves" }];
}

function groupsClaim({ groups_claim, groups_prefix }: Provider): Finding[] {
  if (groups_prefix === undefined || groups_claim !== undefined) return [];
  return [requires(["groups_prefix"], "groups_claim", "Set the claim, or remove the prefix")];
}

function issuerOfEks({ issuer_url }: Provider): Finding[] {
  if (!/^https:\/\/oidc(?:-eks)?\.(?:eks\.)?[a-z0-9-]+\.(?:amazonaws|api\.aws)/.test(issuer_url)) return [];
  const message = "is an EKS issuer, which is only for service accounts. EKS refuses it. Set another issuer";
  return [{ path: ["issuer_url"], message }];
}
