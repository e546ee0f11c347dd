import { testMessages } from "../../../support/definition";
import { chart, definitionOfKind, manifests, object, testObjects } from "../../../support/extras";

const secret = (metadata = "", rest = ""): string => object("v1", "Secret", "a", { metadata, rest });
const thing = object("e.com/v1", "Thing", "a");

const IN_GIT =
  "a Secret with data would be stored in git and in Terraform's state. Store it in AWS Secrets Manager, and create the Secret with external-secrets";

describe("an object that is written twice", () => {
  const twice = (kind: string): string =>
    `tfvars.extra_manifests[two].manifests[0]: ${kind} a is also in one, and two releases cannot own it. Remove one of them`;
  const other = (...objects: string[]): string => `${manifests("one", [secret()])}\n${manifests("two", objects)}`;
  testMessages({
    "is refused in another item": { extra_manifests: other(secret()), reports: [twice("Secret")] },
    "is refused if it names the namespace that the other item has": {
      extra_manifests: other(secret("namespace: default")),
      reports: [twice("Secret")],
    },
    "is refused in another version of its group": {
      extra_manifests: `${manifests("one", [object("example.com/v1", "Thing", "a")])}
${manifests("two", [object("example.com/v2", "Thing", "a")])}`,
      reports: [twice("Thing")],
    },
    "is accepted in another namespace": { extra_manifests: other(secret("namespace: kube-system")), reports: [] },
    "is accepted with another name": { extra_manifests: other(object("v1", "Secret", "b")), reports: [] },
    "is accepted with another kind": { extra_manifests: other(object("v1", "ConfigMap", "a")), reports: [] },
  });
});

describe("an object of a custom kind", () => {
  testMessages({
    "is refused beside the definition of its kind": {
      extra_manifests: manifests("one", [definitionOfKind("e.com", "Thing"), thing]),
      reports: [
        "tfvars.extra_manifests[one].manifests[1].kind: has a kind that this item's CustomResourceDefinition creates, but Helm requires the kind before the release. Move it to another item with after: [one]",
      ],
    },
    "is accepted beside the definition of another kind": {
      extra_manifests: manifests("one", [definitionOfKind("e.com", "Other"), thing]),
      reports: [],
    },
    "is accepted beside the definition of its kind in another group": {
      extra_manifests: manifests("one", [definitionOfKind("f.com", "Thing"), thing]),
      reports: [],
    },
  });
});

describe("a Secret", () => {
  testObjects({
    "is refused with data": [secret("", "data: { a: Yg== }"), `.data: ${IN_GIT}`],
    "is refused with stringData": [secret("", "stringData: { a: b }"), `.stringData: ${IN_GIT}`],
    "is accepted without data": [secret()],
    "is accepted with empty data": [secret("", "data: {}")],
    "is accepted as the name of another object's data": [
      object("e.com/v1", "Template", "a", { rest: "data: { a: b }" }),
    ],
  });
  const hidden = "{ extraObjects: [{ kind: Secret, stringData: { a: b } }] }";
  testMessages({
    "is refused in the values of an extra chart": {
      extra_charts: chart("one", `values: ${hidden}`),
      reports: [`tfvars.extra_charts[one].values.extraObjects[0].stringData: ${IN_GIT}`],
    },
    "is refused in the values of an addon": {
      addons: `metrics_server: { enabled: true, values: ${hidden} }`,
      reports: [`tfvars.addons.metrics_server.values.extraObjects[0].stringData: ${IN_GIT}`],
    },
  });
});
