import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const INSTEAD =
  "Write the values in plain text, and keep secrets in AWS Secrets Manager, from which the External Secrets Operator reads them";

test("a file that SOPS encrypted is refused with one problem", () => {
  const encrypted = `meta:
    CLUSTER_NAME: ENC[AES256_GCM,data:aGVsbG8=,iv:aGVsbG8=,tag:aGVsbG8=,type:str]
tfvars:
    common: ENC[AES256_GCM,data:aGVsbG8=,iv:aGVsbG8=,tag:aGVsbG8=,type:str]
sops:
    kms: []
    mac: ENC[AES256_GCM,data:aGVsbG8=,iv:aGVsbG8=,tag:aGVsbG8=,type:str]
    version: 3.9.0
`;
  expect(problemsOf({ [FILE]: encrypted, "clusters/b.example.com.yaml": SMALLEST.replace("a.ex", "b.ex") })).toEqual([
    `${FILE}:5:1 sops: is the metadata of SOPS, but a definition cannot be encrypted. Decrypt the file with sops --decrypt. ${INSTEAD}`,
  ]);
});

test("a single encrypted value is refused once, also under a key of a secret", () => {
  const value = "ENC[AES256_GCM,data:aGVsbG8=,iv:aGVsbG8=,tag:aGVsbG8=,type:str]";
  const text = `${SMALLEST}  addons: { traefik: { values: { password: "${value}" } } }\n`;
  expect(problemsOf({ [FILE]: text })).toEqual([
    `${FILE}:8:44 tfvars.addons.traefik.values.password: is encrypted with SOPS, but a definition cannot contain encrypted values. ${INSTEAD}`,
  ]);
});

test.each([
  ["ranges.yaml", "sandbox:\n  10.64.0.0/16: ENC[AES256_GCM,data:x]\n", "2:17 sandbox.10.64.0.0/16"],
  ["channels.yaml", "stable: ENC[AES256_GCM,data:x]\n", "1:9 stable"],
  [
    "rollouts.yaml",
    "records: ENC[AES256_GCM,data:x]\nwaves: [{ name: all, soak: 1h, healthy: [nodes] }]\nhealth_checks: { nodes: { check: nodes, timeout: 1m } }\n",
    "1:10 records",
  ],
  [
    "pipelines.yaml",
    'system: github\nrepository: a/b\nplatform_team: ["ENC[AES256_GCM,data:x]"]\n',
    "3:17 platform_team[0]",
  ],
])("an encrypted value in %s is refused like one of a cluster, and read by nothing", (file, text, at) => {
  expect(problemsOf({ [FILE]: SMALLEST, [file]: text })).toContainEqual(
    `${file}:${at}: is encrypted with SOPS, but a definition cannot contain encrypted values. ${INSTEAD}`,
  );
});
