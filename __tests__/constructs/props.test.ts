import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const files = readdirSync("constructs", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const sources = files.map((name) => {
  const path = join("constructs", name);
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
});

/** Returns the names that a file imports from the model of a cluster. */
function namesOfModel(source: ts.SourceFile): readonly string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const bindings = statement.importClause?.namedBindings;
    if (!statement.moduleSpecifier.text.endsWith("/fleet/model/cluster") || bindings === undefined) return [];
    return ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : ["*"];
  });
}

/** Returns the props of a file's constructs, as `NetworkProps.deletionProtection`. */
function propsOf(source: ts.SourceFile): readonly string[] {
  return source.statements.flatMap((statement) =>
    ts.isInterfaceDeclaration(statement) && statement.name.text.endsWith("Props")
      ? statement.members.flatMap(({ name }) =>
          name !== undefined && ts.isIdentifier(name) ? [`${statement.name.text}.${name.text}`] : [],
        )
      : [],
  );
}

test("no construct accepts a whole cluster", () => {
  const whole = sources.filter((source) => namesOfModel(source).some((name) => name === "Cluster" || name === "*"));

  expect(whole.map(({ fileName }) => fileName)).toEqual([]);
});

test("no prop is in snake_case, which is for the keys of a definition", () => {
  const props = sources.flatMap(propsOf);

  expect(props.length).toBeGreaterThan(50);
  expect(props.filter((name) => name.includes("_"))).toEqual([]);
});
