import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const reported = (text: string): string[] => problemsOf({ [FILE]: text });

describe("a file of another program in the place of a definition is one error", () => {
  test("if it is a ClusterConfig of eksctl, with the command that imports it", () => {
    expect(
      reported(
        "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: a, region: us-east-1 }\niam: {}\n",
      ),
    ).toEqual([
      `${FILE}:1:1 is a ClusterConfig of eksctl, not a definition. Move it out of the definitions, and write a definition from it: npx fleet import eksctl a.example.com.yaml`,
    ]);
  });

  test("if it is a Kubernetes object, with the places for it", () => {
    expect(reported("kind: Deployment\napiVersion: apps/v1\nmetadata: { name: a }\nspec: { replicas: 2 }\n")).toEqual([
      `${FILE}:2:1 is a Kubernetes object (Deployment), not a definition. Move it to the cluster's file, under tfvars.extra_manifests, or let Flux or Argo CD apply it`,
    ]);
  });

  test.each([
    ["kops.k8s.io/v1alpha2", "Cluster", "a file of kOps"],
    ["cluster.x-k8s.io/v1beta1", "Cluster", "a file of Cluster API"],
    ["controlplane.cluster.x-k8s.io/v1beta2", "AWSManagedControlPlane", "a file of Cluster API"],
  ])("if it has apiVersion %s", (version, kind, what) => {
    expect(reported(`apiVersion: ${version}\nkind: ${kind}\nspec: {}\n`)).toEqual([
      expect.stringContaining(`${FILE}:1:1 is ${what}, not a definition. Move it out of the definitions`),
    ]);
  });

  test("in any folder of the definitions", () => {
    expect(problemsOf({ [FILE]: SMALLEST, "tiers/blue.yaml": "apiVersion: v1\nkind: ConfigMap\n" })).toEqual([
      expect.stringContaining("tiers/blue.yaml:1:1 is a Kubernetes object (ConfigMap), not a definition"),
    ]);
  });

  test("and not if it is a definition with such keys, which are errors of their own", () => {
    expect(reported(`apiVersion: v1\nkind: ConfigMap\n${SMALLEST}`)).toEqual([
      expect.stringContaining("apiVersion: unknown key"),
      expect.stringContaining("kind: unknown key"),
    ]);
  });
});
