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
