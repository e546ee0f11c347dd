import extensions from "../../.vscode/extensions.json";
import editor from "../../.vscode/settings.json";
import type { Program, Repository } from "./program";
import { readme } from "./readme";

/** Folders that the program writes, and that git must not keep. */
export const IGNORED = ["node_modules/", "cdktf.out/", ".fleet/"];

/** Returns the files of a repository besides its definitions: path -> text. */
export function repositoryFiles(repository: Repository, program: Program): Map<string, string> {
  const { name } = program;
  return new Map([
    ["package.json", json(packageJson(repository.folder, program))],
    [
      "cdktf.json",
      json({
        language: "typescript",
        app: `node node_modules/${name}/run.mjs main.ts`,
        projectId: packageName(repository.folder, name),
        sendCrashReports: "false",
      }),
    ],
    ["main.ts", `import { main } from "${name}";\n\nmain();\n`],
    [".vscode/settings.json", json({ "yaml.schemas": editor["yaml.schemas"] })],
    [".vscode/extensions.json", json(extensions)],
    [".gitignore", `${IGNORED.join("\n")}\n`],
    [".pre-commit-config.yaml", PRE_COMMIT],
    ["README.md", readme(repository, program)],
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Returns the content of package.json. */
export function packageJson(folder: string, { cdktfCli, name, node, spec }: Program): Record<string, unknown> {
  return {
    name: packageName(folder, name),
    private: true,
    engines: { node },
    dependencies: { [name]: spec },
    devDependencies: { "cdktf-cli": cdktfCli },
  };
}

/** Returns a name that npm accepts. A package cannot depend on one of its own name. */
function packageName(folder: string, program: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "");
  if (name === "") return "clusters";
  return name === program ? `${name}-definitions` : name;
}

const PRE_COMMIT = `# pre-commit install (https://pre-commit.com) checks definitions before each commit.
repos:
  - repo: local
    hooks:
      - id: fleet-validate
        name: check cluster definitions
        entry: npx --no-install fleet validate
        language: system
        files: ^definitions/
        require_serial: true
`;
