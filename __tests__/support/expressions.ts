import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";

/** A regular expression in a source file. */
export interface Expression {
  readonly file: string;
  readonly text: string;
  readonly expression: RegExp;
}

function sourceFiles(rooms: readonly string[]): ts.SourceFile[] {
  return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...rooms], { encoding: "utf8" })
    .trim()
    .split("\n")
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
}

function nodesOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return [node, ...children.flatMap(nodesOf)];
}

/** Returns every regular expression that is written out in folders. */
export function writtenExpressions(rooms: readonly string[]): Expression[] {
  return sourceFiles(rooms).flatMap((source) =>
    nodesOf(source)
      .filter(ts.isRegularExpressionLiteral)
      .map(({ text }) => {
        const end = text.lastIndexOf("/");
        return { file: source.fileName, text, expression: new RegExp(text.slice(1, end), text.slice(end + 1)) };
      }),
  );
}

/** Returns the files that build expressions from text, once for each. */
export function builtExpressions(rooms: readonly string[]): string[] {
  return sourceFiles(rooms).flatMap((source) =>
    nodesOf(source)
      .filter(ts.isNewExpression)
      .filter(({ expression }) => ts.isIdentifier(expression) && expression.text === "RegExp")
      .map(() => source.fileName),
  );
}
