import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { expanded, numbers } from "./secret-corpus";

/** A value that is no secret, and its key. */
export interface RealValue {
  readonly key: string;
  readonly value: string;
}

/** Files of the repository with values that people wrote, or that AWS or a chart gave. */
const FILES = [
  ...["defaults.yaml", "kubernetes-support.yaml", "regions.yaml", "releases", "seen-versions.yaml"].map(
    (name) => `definitions/${name}`,
  ),
  ...["__tests__/fleets", "docs", "aws/data", "addons", ".github", "README.md"],
];

/** Forms of names and ids that AWS, Kubernetes and people give, in the notation of secrets' examples. */
const FORMS: readonly (readonly [key: string, form: string])[] = [
  ["role_arn", "arn:aws:iam::<d12>:role/team/deploy-<l6>"],
  ["key_arn", "arn:aws:kms:eu-west-1:<d12>:key/<h8>-<h4>-<h4>-<h4>-<h12>"],
  ["kms_key", "arn:aws:kms:us-east-1:<d12>:key/mrk-<h32>"],
  ["secret_arn", "arn:aws:secretsmanager:eu-west-1:<d12>:secret:prod/db-<a6>"],
  ["certificate", "arn:aws:acm:eu-west-1:<d12>:certificate/<h8>-<h4>-<h4>-<h4>-<h12>"],
  ["id", "<h8>-<h4>-<h4>-<h4>-<h12>"],
  ["image", "<d12>.dkr.ecr.eu-west-1.amazonaws.com/team/app@sha256:<h64>"],
  ["digest", "sha256:<h64>"],
  ["revision", "<h40>"],
  ["checksum", "<h32>"],
  ["subnet", "subnet-<h17>"],
  ["vpc", "vpc-<h17>"],
  ["group", "sg-<h17>"],
  ["ami", "ami-<h17>"],
  ["zone", "Z0<u18>"],
  ["url", "https://oidc.eks.eu-west-1.amazonaws.com/id/<h32>"],
  ["endpoint", "https://<h32>.gr7.eu-west-1.eks.amazonaws.com"],
  ["address", "vpce-<h17>-<l8>.s3.eu-west-1.vpce.amazonaws.com"],
  ["existingSecret", "grafana-admin-<d4>"],
  ["secretName", "db-credentials-<l5>"],
  ["secret", "team-a-oauth-<d4>"],
  ["passwordKey", "admin-password"],
  ["secretKey", "postgres-password"],
  ["key", "prod/team-<d2>/db"],
  ["tokenSecretName", "argocd-token-<d3>"],
  ["password", "${DB_PASSWORD_<d2>}"],
  ["token", "/var/run/secrets/tokens/token-<d2>"],
  ["path", "secret/data/team-<d3>/db#password"],
  ["public_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI<a43> me@example.com"],
  ["public_key", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ<a300> me@example.com"],
  ["caBundle", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM<a400>"],
  ["integrity", "sha512-<a86>=="],
  ["pod", "coredns-<l9>-<l5>"],
  ["node", "ip-10-<d2>-<d2>-<d3>.eu-west-1.compute.internal"],
  ["account", "<d12>"],
  ["version", "1.<d2>.<d1>-eksbuild.<d1>"],
  ["trace", "Root=1-<h8>-<h24>"],
  ["external_id", "team-<a8>"],
  ["client_id", "0oa<a17>"],
  ["tenant_id", "<h8>-<h4>-<h4>-<h4>-<h12>"],
  ["peering", "pcx-<h17>"],
  ["bucket", "example-state-<d12>-eu-west-1"],
];

const EACH_FORM = 300;

/** Returns more than 20,000 values that are no secrets: those of the repository's files, and ids that are generated. */
export function realValues(): RealValue[] {
  const files = execFileSync("git", ["ls-files", ...FILES], { encoding: "utf8" })
    .trim()
    .split("\n");
  const written = files.flatMap((file) => valuesOf(file, readFileSync(file, "utf8")));
  const random = numbers(1);
  const generated = FORMS.flatMap(([key, form]) =>
    Array.from({ length: EACH_FORM }, () => ({ key, value: expanded(form, random) })),
  );
  const hashes = ["md5", "sha1", "sha256", "sha512"].flatMap((algorithm) =>
    Array.from({ length: EACH_FORM }, (_, index) => {
      return { key: "hash", value: createHash(algorithm).update(String(index)).digest("hex") };
    }),
  );
  return [...written, ...generated, ...hashes];
}

function valuesOf(file: string, text: string): RealValue[] {
  const extension = file.slice(file.lastIndexOf(".") + 1);
  if (extension === "yaml" || extension === "yml" || extension === "json")
    return parseAllDocuments(text).flatMap((document) => leavesOf("", document.toJS() as unknown));
  if (extension !== "md") return [];
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((value) => ({ key: "", value }));
}

function leavesOf(key: string, value: unknown): RealValue[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => leavesOf(key, item));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([name, below]) => leavesOf(name, below));
  return typeof value === "string" ? [{ key, value }] : [];
}
