import { defineCheck } from "cluster-fleet/contracts";

/** Domain below which the clusters of a tier are named. */
const DOMAINS: Readonly<Record<string, string>> = {
  development: "dev.example.com",
  production: "eks.example.com",
};

export default defineCheck({
  summary: "A cluster's name shows its tier, and its worker groups say which team pays for them",
  check: ({ definition: { meta, tfvars } }) => {
    const domain = DOMAINS[meta.TIER];
    const misnamed = domain !== undefined && !meta.CLUSTER_NAME.endsWith(`.${domain}`);
    return [
      ...(misnamed
        ? [{ path: ["meta", "CLUSTER_NAME"], message: `must end in .${domain}, because its tier is ${meta.TIER}` }]
        : []),
      ...tfvars.workers.flatMap(({ labels }, index) =>
        labels["acme.example/team"] === undefined
          ? [
              {
                path: ["tfvars", "workers", index],
                message: "names no team. Set the label acme.example/team",
                severity: "warning" as const,
              },
            ]
          : [],
      ),
    ];
  },
});
