import type { Problem } from "./problem";
import { formatPath, type Path, placeOf, type Source, type Tree } from "./yaml/tree";

const IN_SECRETS_MANAGER = "keep it in AWS Secrets Manager, and name the secret here";

/**
 * Shapes that only a secret has. Our own short table and not a scanner: it runs on every save over every file, where a
 * scanner's start alone costs more than the whole load.
 */
const SHAPES: readonly { readonly what: string; readonly shape: RegExp; readonly instead: string }[] = [
  {
    what: "an AWS access key",
    shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
    instead: "let a role give access: `roles` of the account's file for Terraform, EKS Pod Identity for pods",
  },
  {
    what: "a private key",
    shape: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    instead: "let cert-manager issue it, or keep it in AWS Secrets Manager, and name the secret here",
  },
  {
    what: "a GitHub token",
    shape: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{40,})/,
    instead: IN_SECRETS_MANAGER,
  },
  { what: "a GitLab token", shape: /\bglpat-[A-Za-z0-9_-]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "a Slack token", shape: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, instead: IN_SECRETS_MANAGER },
  { what: "a Slack webhook", shape: /hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "an npm token", shape: /\bnpm_[A-Za-z0-9]{36}\b/, instead: IN_SECRETS_MANAGER },
  { what: "a Google API key", shape: /\bAIza[A-Za-z0-9_-]{35}\b/, instead: IN_SECRETS_MANAGER },
  { what: "a Stripe key", shape: /\b[rs]k_live_[A-Za-z0-9]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "a HashiCorp Vault token", shape: /\bhv[bs]\.[A-Za-z0-9_-]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "a JSON web token", shape: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, instead: IN_SECRETS_MANAGER },
  {
    what: "a password in an address",
    shape: /\b[a-z][a-z0-9+]{1,15}:\/\/[^\s/:@]+:[^\s/:@]{3,}@/,
    instead: IN_SECRETS_MANAGER,
  },
];

/** Most files hold none: one look tells. */
const ANY_SHAPE = new RegExp(SHAPES.map(({ shape }) => shape.source).join("|"));

/** Keys whose text is a secret whatever its shape; names of secrets (`existingSecret`, `secretName`) are not among them. */
const SECRET_KEY =
  /(?:^|[_.-])(?:password|passwd|token|api_?key|access_?key|secret_?key|secret_access_key|client_?secret|private_?key)$|(?:Password|Token|ApiKey|AccessKey|SecretKey|ClientSecret|PrivateKey)$/;

/** What stands for a secret without being one: an ARN, a path, a reference of a chart to the environment. */
const REFERENCE = /^(?:arn:|ssm:|\/|\$|\{\{|<)/;

/** Refuses secrets anywhere in a file's text, comments included. The secret itself is never shown. */
export function secretsInText(source: Source, text: string): Problem[] {
  if (!ANY_SHAPE.test(text)) return [];
  return SHAPES.flatMap(({ what, shape, instead }) =>
    [...text.matchAll(new RegExp(shape, "g"))].map((match) => refusal(source, match.index, "", what, instead)),
  );
}

/** Refuses text under keys that name a secret. */
export function secretsUnderKeys(root: Tree): Problem[] {
  const problems: Problem[] = [];
  const visit = (tree: Tree, path: Path): void => {
    if (tree.kind === "list")
      tree.items.forEach((item, index) => {
        visit(item, [...path, index]);
      });
    if (tree.kind !== "map") return;
    for (const [key, { value }] of tree.entries) {
      const here = [...path, key];
      if (value.kind !== "scalar") visit(value, here);
      else if (
        typeof value.value === "string" &&
        value.value !== "" &&
        SECRET_KEY.test(key) &&
        !REFERENCE.test(value.value)
      ) {
        const place = { source: value.source, offset: value.offset };
        problems.push(refusal(place.source, place.offset, formatPath(root, here), "a secret", IN_SECRETS_MANAGER));
      }
    }
  };
  visit(root, []);
  return problems;
}

function refusal(source: Source, offset: number, path: string, what: string, instead: string): Problem {
  const message = `looks like ${what}, and no secret belongs in a definition: ${instead}. Revoke this one: git remembers it`;
  return { severity: "error", place: placeOf({ source, offset }), path, message };
}
