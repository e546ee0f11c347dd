import { testReports } from "../../support/definition";

describe("a value of the wrong shape is reported with the right one", () => {
  testReports({
    "a switch of an addon": {
      addons: "traefik: true",
      reports: ["9:14 tfvars.addons.traefik: must be a map of keys, got true. Write traefik_enabled: true"],
    },
    "a taint as kubectl writes it": {
      worker: 'taints: ["a=b:NoSchedule"]',
      reports: [
        '8:16 tfvars.workers[general].taints[0]: must be a map of keys, got "a=b:NoSchedule". Write { key: a, value: b, effect: NoSchedule }',
      ],
    },
    "subnets without their zones": {
      networking: "existing_vpc: { subnet_ids: { private: [subnet-0123456789abcdef0] } }",
      reports: [
        "9:44 tfvars.networking.existing_vpc.subnet_ids.private: must be a map of keys, got a list. Write each with its zone, such as us-east-1a: subnet-0123456789abcdef0",
      ],
    },
    "one value in place of a list": {
      worker: "instance_types: m6i.large",
      reports: ['8:23 tfvars.workers[general].instance_types: must be a list, got "m6i.large". Write [m6i.large]'],
    },
    "a list in place of one value": {
      worker: "capacity_type: [SPOT]",
      reports: [
        "8:22 tfvars.workers[general].capacity_type: must be one of ON_DEMAND, SPOT, CAPACITY_BLOCK, got a list. Write SPOT",
      ],
    },
    "a size in place of a volume": {
      worker: "root_volume: 100",
      reports: ["8:20 tfvars.workers[general].root_volume: must be a map of keys, got 100. Write { size_gib: 100 }"],
    },
    "null where it is a value": {
      worker: "key_name: []",
      reports: ["8:17 tfvars.workers[general].key_name: must be text or null, got a list"],
    },
    "only what nobody can guess is required of a repository of Flux": {
      addons: 'flux: { enabled: true, options: { git: { url: "https://example.com/a", branch: main } } }',
      reports: ["9:44 tfvars.addons.flux.options.git.path: is required: must be text"],
    },
    "only what nobody can guess is required of a class of EFS": {
      addons:
        "aws_efs_csi_driver: { enabled: true, options: { storage_classes: [{ name: a, file_system_id: fs-0123456789abcdef0 }] } }",
      reports: [],
    },
  });
});
