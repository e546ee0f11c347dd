import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";

/** A regular expression in a source file. */
export interface Expression {
  readonly file: string;
  readonly text: string;
  readonly expression: RegExp;
}

/** The regular expressions in source files. */
export interface Expressions {
  /** Every regular expression that is written out. */
  readonly written: readonly Expression[];
  /** The files that build expressions from text, once for each. */
  readonly building: readonly string[];
}

/** Returns the regular expressions in folders. */
export function expressionsIn(rooms: readonly string[]): Expressions {
  const written: Expression[] = [];
  const building: string[] = [];
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...rooms], {
    encoding: "utf8",
  });
  for (const file of files.trim().split("\n")) {
    if (!file.endsWith(".ts")) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) written.push({ file, text: node.text, expression: compiled(node.text) });
      else if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "RegExp")
        building.push(file);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  }
  return { written, building };
}

function compiled(text: string): RegExp {
  const end = text.lastIndexOf("/");
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}
