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
    privateIssuer,
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

/** Names and addresses that the internet does not have. */
const PRIVATE =
  /^https:\/\/(?:localhost|[^/:]+\.(?:localhost|local|internal|svc)|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

function privateIssuer({ issuer_url }: Provider): Finding[] {
  if (!PRIVATE.test(issuer_url)) return [];
  return [
    {
      path: ["issuer_url"],
      message: "is private, but EKS reads the issuer's keys over the internet. Use a public issuer",
    },
  ];
}
