import { AccessEntries } from "../../../constructs/cluster/access-entries";
import type { AccessEntry } from "../../../fleet/model/cluster";
import { ownerOf } from "../../../fleet/plan/owner";
import { account, clusterOf } from "../../support/cluster";
import { synth } from "../../support/synth";

const developers: AccessEntry = {
  name: "developers",
  principal_arn: "arn:aws:iam::111111111111:role/developers",
  access_policy: "AmazonEKSEditPolicy",
};

const owner = ownerOf(clusterOf());
const props = { owner, roles: account.roles, entries: [], existing: [], clusterName: "demo" };

function synthEntries(access_entries: readonly AccessEntry[], partition = "aws") {
  return synth(
    (scope) =>
      new AccessEntries(scope, "access", { ...props, owner: { ...owner, partition }, entries: access_entries }),
  );
}

describe("AccessEntries", () => {
  test("the role that deploys is an administrator by its own entry", () => {
    const tf = synthEntries([]);

    expect(tf.only("aws_eks_access_entry", "deploy")).toEqual({
      cluster_name: "demo",
      principal_arn: account.roles.deploy,
      type: "STANDARD",
    });
    expect(tf.only("aws_eks_access_policy_association", "deploy")).toEqual({
      cluster_name: "demo",
      principal_arn: `\${${tf.addresses("aws_eks_access_entry")[0]}.principal_arn}`,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      access_scope: { type: "cluster" },
    });
  });

  test("the role that plans may read everything, including Helm's Secrets, and change nothing", () => {
    const tf = synthEntries([]);

    expect(tf.only("aws_eks_access_entry", "plan")["principal_arn"]).toBe(account.roles.plan);
    expect(tf.only("aws_eks_access_policy_association", "plan")).toMatchObject({
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy",
      access_scope: { type: "cluster" },
    });
  });

  test("the definition's entry for the role that plans replaces the default one", () => {
    const tf = synthEntries([{ ...developers, principal_arn: account.roles.plan }]);

    expect(tf.addresses("aws_eks_access_entry").filter((address) => address.includes("plan"))).toEqual([]);
    expect(tf.only("aws_eks_access_policy_association", "listed")["policy_arn"]).toContain("AmazonEKSEditPolicy");
  });

  test("admits the definition's principals, for the whole cluster", () => {
    const tf = synthEntries([developers], "aws-cn");

    expect(tf.only("aws_eks_access_entry", "listed-developers")).toEqual({
      cluster_name: "demo",
      principal_arn: developers.principal_arn,
      type: "STANDARD",
      kubernetes_groups: [], // left out, groups taken out of the file would stay
    });
    expect(tf.only("aws_eks_access_policy_association", "listed-developers")).toEqual({
      cluster_name: "demo",
      principal_arn: expect.stringContaining("listed-developers"),
      policy_arn: "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
      access_scope: { type: "cluster" },
    });
  });

  test("limits policies to namespaces and adds groups if the definition lists them", () => {
    const tf = synthEntries([{ ...developers, namespaces: ["default", "team"], kubernetes_groups: ["devs"] }]);

    expect(tf.only("aws_eks_access_entry", "listed")["kubernetes_groups"]).toEqual(["devs"]);
    expect(tf.only("aws_eks_access_policy_association", "listed")["access_scope"]).toEqual({
      type: "namespace",
      namespaces: ["default", "team"],
    });
  });

  test("creates no second entry for the role that deploys, which stays an administrator", () => {
    const tf = synthEntries([{ ...developers, principal_arn: account.roles.deploy }]);

    expect(tf.addresses("aws_eks_access_entry").filter((address) => address.includes("listed"))).toEqual([]);
    expect(tf.only("aws_eks_access_entry", "deploy")["principal_arn"]).toBe(account.roles.deploy);
    expect(tf.only("aws_eks_access_policy_association", "deploy")["policy_arn"]).toContain(
      "AmazonEKSClusterAdminPolicy",
    );
  });

  test("refuses two entries for one principal, and names both", () => {
    expect(() => synthEntries([developers, { ...developers, name: "others" }])).toThrow(
      "access entries developers and others are for the same principal arn:aws:iam::111111111111:role/developers (at test/access)",
    );
  });

  test("an entry called deploy is not the deploying role's", () => {
    const principals = synthEntries([{ ...developers, name: "deploy" }]).addresses("aws_eks_access_entry");
    expect(principals.filter((address) => address.includes("deploy"))).toHaveLength(2);
  });

  test("gives each of several policies a scope of its own", () => {
    const tf = synthEntries([
      {
        name: "mixed",
        principal_arn: developers.principal_arn,
        user_name: "mixed:{{SessionName}}",
        access_policies: [
          { policy: "AmazonEKSViewPolicy" },
          { policy: "AmazonEKSEditPolicy", namespaces: ["builds", "preview-*"] },
        ],
      },
    ]);

    expect(tf.only("aws_eks_access_entry", "listed-mixed")["user_name"]).toBe("mixed:{{SessionName}}");
    expect(
      Object.values(tf.all("aws_eks_access_policy_association"))
        .filter(({ principal_arn }) => String(principal_arn).includes("listed-mixed"))
        .map(({ policy_arn, access_scope }) => [policy_arn, access_scope]),
    ).toEqual([
      [
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
        { type: "namespace", namespaces: ["builds", "preview-*"] },
      ],
      ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", { type: "cluster" }],
    ]);
  });

  test("admits nodes by their type, without the groups that EKS adds", () => {
    const tf = synthEntries([
      { name: "old", principal_arn: "arn:aws:iam::111111111111:role/x/old", type: "EC2_LINUX" },
    ]);

    expect(tf.only("aws_eks_access_entry", "listed-old")).toEqual({
      cluster_name: "demo",
      principal_arn: "arn:aws:iam::111111111111:role/x/old",
      type: "EC2_LINUX",
    });
  });

  test("imports existing entries, by the provider's ids", () => {
    const existing = [developers.principal_arn, account.roles.deploy];
    const tf = synth((scope) => new AccessEntries(scope, "access", { ...props, entries: [developers], existing }));
    const ids = (tf.at("import") as readonly { to: string; id: string }[]).map(({ to, id }) => [to, id]);

    expect(ids).toEqual([
      [
        tf.addresses("aws_eks_access_entry").find((address) => address.includes("access_deploy")),
        `reference-eks-example-com:${account.roles.deploy}`,
      ],
      [
        tf.addresses("aws_eks_access_entry").find((address) => address.includes("listed-developers")),
        `reference-eks-example-com:${developers.principal_arn}`,
      ],
    ]);
  });
});
