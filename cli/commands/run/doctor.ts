import { defineCommand, TODAY } from "../../shared/command";

export const doctor = defineCommand({
  name: "doctor",
  summary: "check tools, credentials and accounts, with a cure for each problem",
  details: `Without --aws, it calls no service. With --aws, it uses the AWS CLI and your credentials to check whether the roles can be assumed,
the state bucket and the control planes. It changes nothing; docs/operations/doctor.md lists the calls.`,
  positionals: [
    {
      name: "[accounts or clusters...]",
      description: "names of accounts, or names or globs of clusters, whose accounts are checked; by default all",
    },
  ],
  flags: {
    aws: { description: "ask AWS" },
    today: TODAY,
  },
  examples: [
    ["fleet doctor", "this machine and the definitions"],
    ["fleet doctor --aws sandbox", "also an account, and all its clusters"],
    ["fleet doctor --aws staging.dev.example.com", "also the cluster's account, and the cluster"],
  ],
  run: async (input) => (await import("../../actions/run/doctor")).run(input),
});
