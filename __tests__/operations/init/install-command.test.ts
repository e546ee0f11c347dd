import { installCommand } from "../../../operations/init/install-command";

test.each([
  [[], undefined, "npm install"],
  [[], "npm/11.0.0 node/v20.20.2 linux x64", "npm install"],
  [[], "pnpm/10.0.0 npm/? node/v20.20.2 linux x64", "pnpm install"],
  [[], "yarn/4.18.0 npm/? node/v20.20.2 linux x64", "yarn install"],
  [["package.json", "pnpm-lock.yaml"], "npm/11.0.0 node/v20.20.2 linux x64", "pnpm install"],
  [["yarn.lock"], undefined, "yarn install"],
  [["package.json", "pnpm-workspace.yaml"], undefined, "pnpm install"],
  [["package-lock.json"], "pnpm/10.0.0 npm/? node/v20.20.2 linux x64", "npm install"],
])("a folder with %j, started by %s, is installed with %s", (entries, agent, command) => {
  expect(installCommand(entries, agent)).toBe(command);
});
