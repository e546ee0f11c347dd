import type { Check, Finding } from "../../rules/finding";

const PROVIDERS = ["tfvars", "cluster", "oidc_identity_providers"] as const;

/** Nobody becomes a part of Kubernetes by a token of another issuer. */
export const checkOidc: Check = ({ definition }) =>
  definition.tfvars.cluster.oidc_identity_providers.flatMap((provider, index): Finding[] => {
    const path = [...PROVIDERS, index];
    const { groups_claim, groups_prefix, issuer_url, username_prefix } = provider;
    const prefixes = Object.entries({ groups_prefix, username_prefix }).flatMap(([key, prefix]) =>
      prefix?.startsWith("system:")
        ? [{ path: [...path, key], message: "must not start with system:, which Kubernetes keeps to itself" }]
        : [],
    );
    const idle =
      groups_prefix !== undefined && groups_claim === undefined
        ? [
            {
              path: [...path, "groups_prefix"],
              message: "has no effect without groups_claim: name the claim, or remove it",
            },
          ]
        : [];
    const own = /^https:\/\/oidc(?:-eks)?\.(?:eks\.)?[a-z0-9-]+\.(?:amazonaws|api\.aws)/.test(issuer_url)
      ? [{ path: [...path, "issuer_url"], message: "is an issuer of EKS itself, for service accounts: EKS refuses it" }]
      : [];
    return [...prefixes, ...idle, ...own];
  });
