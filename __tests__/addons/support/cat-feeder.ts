import { z } from "zod";
import { defineHelmAddon } from "../../../addons/contract/addon";
import { reportOption } from "../../../addons/contract/rule";

/** The file of a new addon. It uses most facts of the contract. */
export const catFeeder = defineHelmAddon({
  name: "cat_feeder",
  summary: "Feeds the cats of the cluster",
  namespace: "cats",
  pod_security: "restricted",
  requires: ["coredns"],
  after: [],
  conflicts_with: ["reloader"],
  singleton: true,
  installed_also: { charts: ["cat-fountain"], eks_addons: ["cat-snacks"] },
  api_groups: ["cats.example.com"],
  served_ports: [8443],
  serves_apis: () => [{ api: "v1beta1.external.metrics.k8s.io" }],
  ingress_class: ({ ingress_class }) => ({ option: "ingress_class", name: ingress_class }),
  dashboard: { title: "Cats", panels: [{ title: "Fed", query: "sum(cats_fed)", line: "fed", unit: "short" }] },
  needs_ec2: "feeds cats that live on EC2",
  further_switches: [{ section: "cluster", key: "feed_cats" }],
  wait: false,
  options: z.strictObject({ bowls: z.int(), ingress_class: z.string().nullable() }),
  service_account: "feeder",
  permissions: () => [{ sid: "Feed", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::cat-food/*"] }],
  checks: [(_, { bowls }) => reportOption(bowls > 9, "bowls", "must be at most 9")],
  values: (_context, { bowls }) => ({ bowls }),
});
